#include "bench/disk_probe.h"

#include "bench/fd.h"
#include "bench/moment.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace belfry::bench {
model::Result<Histogram> probeDisk(const std::string &folder)
{
    const auto failure = [&folder] {
        return model::fail(model::ErrorCode::Unavailable, "fdatasync probe in " +
                                                              QByteArray::fromStdString(folder) + ": " +
                                                              std::strerror(errno));
    };
    std::string path = folder + "/fdatasync-XXXXXX";
    const Fd file(::mkstemp(path.data()));
    if (!file.isOpen())
        return failure();
    ::unlink(path.c_str());
    std::array<char, 4096> block{};
    Histogram took;
    for (int i = 0; i < 300; ++i) {
        const Moment begin = now();
        if (::write(file.get(), block.data(), block.size()) < 0 || ::fdatasync(file.get()) != 0)
            return failure();
        took.record((now() - begin).count());
    }
    return took;
}
} // namespace belfry::bench
