import QtQuick
import Belfry.Ui
import Belfry.Account

// C1: where the server is, who one is, and what this computer keeps of it.
FocusScope {
    id: screen

    required property SignInView view
    property bool usesToken: false
    /// There is something to go back to: an inbox whose sign-in ended.
    property bool canLeave: false
    /// What went wrong before; "": nothing.
    property string notice: ""
    signal backWanted()

    function submit() {
        if (usesToken)
            view.signInWithToken(token.text, user.text)
        else
            view.signInWithPassword(email.text, password.text)
    }

    // Once: a binding would take the keyboard away while one types.
    Component.onCompleted: {
        const first = view.address === "" ? address : view.lastEmail === "" ? email : password
        first.focus = true
    }

    Keys.onEscapePressed: event => {
        if (canLeave)
            backWanted()
        else
            event.accepted = false
    }

    // What was wrong gets the keyboard.
    Connections {
        target: screen.view
        function onProblemChanged() {
            if (screen.view.emailProblem !== "")
                email.input.forceActiveFocus(Qt.OtherFocusReason)
            else if (screen.view.passwordProblem !== "")
                password.input.forceActiveFocus(Qt.OtherFocusReason)
            else if (screen.view.tokenProblem !== "")
                token.input.forceActiveFocus(Qt.OtherFocusReason)
            else if (screen.view.userProblem !== "")
                user.input.forceActiveFocus(Qt.OtherFocusReason)
        }
        function onSignedIn() {
            password.text = ""
            token.text = ""
        }
    }

    Rectangle { anchors.fill: parent; color: Theme.window }
    ScrollPane {
        anchors.fill: parent
        widest: 420
        spacing: 16

        Column {
            width: parent.width
            spacing: 4
            Label {
                width: parent.width
                text: qsTr("Sign in")
                isStrong: true
                font.pixelSize: Theme.sizeHeading
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Paragraph {
                text: qsTr("Your notifications are on a Belfry server. Your administrator knows its address.")
                color: Theme.muted
            }
        }

        Notice {
            visible: screen.notice !== ""
            kind: Notice.Warning
            text: screen.notice
        }

        Column {
            width: parent.width
            spacing: Theme.gap
            InputField {
                id: address
                objectName: "address"
                width: parent.width
                label: qsTr("Server")
                hint: "notify.example"
                text: screen.view.address
                input.inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
                onTextChanged: screen.view.address = text
                onAccepted: screen.usesToken ? token.input.forceActiveFocus(Qt.TabFocusReason)
                                             : email.input.forceActiveFocus(Qt.TabFocusReason)
                Connections {
                    target: screen.view
                    function onAddressChanged() {
                        if (address.text !== screen.view.address)
                            address.text = screen.view.address
                    }
                }
            }
            ServerLine {
                width: parent.width
                view: screen.view
            }
        }

        InputField {
            id: email
            objectName: "email"
            width: parent.width
            visible: !screen.usesToken
            label: qsTr("Mail address")
            text: screen.view.lastEmail
            problem: screen.view.emailProblem
            input.inputMethodHints: Qt.ImhEmailCharactersOnly | Qt.ImhNoAutoUppercase
            onAccepted: password.input.forceActiveFocus(Qt.TabFocusReason)
        }
        InputField {
            id: password
            objectName: "password"
            width: parent.width
            visible: !screen.usesToken
            label: qsTr("Password")
            echoMode: TextInput.Password
            problem: screen.view.passwordProblem
            input.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
            onAccepted: screen.submit()
        }
        InputField {
            id: token
            objectName: "token"
            width: parent.width
            visible: screen.usesToken
            label: qsTr("Token or key")
            hint: "blf_…"
            echoMode: TextInput.Password
            problem: screen.view.tokenProblem
            input.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
            onAccepted: screen.submit()
        }
        InputField {
            id: user
            objectName: "user"
            width: parent.width
            visible: screen.usesToken
            label: qsTr("Whose inbox (with a key)")
            problem: screen.view.userProblem
            onAccepted: screen.submit()
        }

        Column {
            width: parent.width
            Check {
                objectName: "stay"
                width: parent.width
                text: qsTr("Keep me signed in")
                checked: screen.view.staysSignedIn
                onToggled: screen.view.staysSignedIn = checked
            }
            Check {
                objectName: "consent"
                width: parent.width
                visible: screen.view.isKeychainMissing && screen.view.staysSignedIn
                text: qsTr("Keep the sign-in in a file")
                detail: qsTr("This computer has no keychain that answers. The sign-in can be kept in a file that only you "
                             + "can read, but it is not encrypted. Else you sign in again at each start.")
                checked: screen.view.maySecretBeInFile
                onToggled: screen.view.maySecretBeInFile = checked
            }
            Check {
                objectName: "atLogin"
                width: parent.width
                text: qsTr("Start Belfry when I log in")
                checked: screen.view.startsAtLogin
                onToggled: screen.view.startsAtLogin = checked
            }
        }

        Notice {
            visible: screen.view.problem !== ""
            kind: Notice.Problem
            text: screen.view.problem
                  + (screen.view.retryIn > 0 ? "\n" + qsTr("The next try is possible in %n second(s).", "", screen.view.retryIn) : "")
                  + (screen.view.requestId !== "" ? "\n" + qsTr("Request %1").arg(screen.view.requestId) : "")
        }

        Flow {
            width: parent.width
            spacing: Theme.gap
            PushButton {
                objectName: "submit"
                text: screen.view.isBusy ? qsTr("Signing in…") : qsTr("Sign in")
                kind: PushButton.Primary
                enabled: !screen.view.isBusy && screen.view.retryIn === 0 && screen.view.address !== ""
                onClicked: screen.submit()
            }
            PushButton {
                objectName: "cancel"
                visible: screen.view.isBusy
                text: qsTr("Cancel")
                onClicked: screen.view.cancel()
            }
            PushButton {
                objectName: "leave"
                visible: screen.canLeave && !screen.view.isBusy
                text: qsTr("Back to the inbox")
                onClicked: screen.backWanted()
            }
            PushButton {
                objectName: "other"
                visible: !screen.view.isBusy
                kind: PushButton.Quiet
                text: screen.usesToken ? qsTr("With mail and password") : qsTr("With a token or key")
                onClicked: {
                    screen.usesToken = !screen.usesToken
                    const first = screen.usesToken ? token : email
                    first.input.forceActiveFocus(Qt.TabFocusReason)
                }
            }
        }
    }
}
