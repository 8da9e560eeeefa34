#include "app/output.h"
#include "app/user_admin.h"

#include <iostream>
#include <string>
#include <termios.h>
#include <unistd.h>

namespace belfry::app {
namespace {
/// While it lives the terminal does not show what is typed.
class SilentTerminal
{
public:
    SilentTerminal()
    {
        m_known = tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (m_known)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_known)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

private:
    termios m_before{};
    bool m_known = false;
};

model::Text lineOf(const char *prompt)
{
    if (prompt)
        std::cerr << prompt << std::flush;
    std::string line;
    std::getline(std::cin, line);
    if (prompt)
        std::cerr << '\n';
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return QByteArray::fromStdString(line);
}
} // namespace

model::Result<model::Text> readPassword()
{
    if (isatty(STDIN_FILENO) == 0)
        return lineOf(nullptr);
    const SilentTerminal silent;
    model::Text password = lineOf("Password: ");
    if (password != lineOf("The same again: "))
        return model::fail(model::ErrorCode::Invalid, "the two passwords differ: try again");
    return password;
}
} // namespace belfry::app
