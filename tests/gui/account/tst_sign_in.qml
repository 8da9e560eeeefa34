import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Account

// C1 by pointer and by keys.
Item {
    id: root
    width: 900
    height: 900

    Loader {
        id: loader
        anchors.fill: parent
        focus: true
        active: false
        sourceComponent: SignInScreen { view: bed.signIn; focus: true }
    }
    TestCase {
        name: "sign-in"
        when: windowShown

        function make(hasKeychain: bool) {
            loader.active = false
            bed.reset(hasKeychain)
            loader.active = true
            loader.item.forceActiveFocus()
        }
        function part(name: string): Item { return findChild(loader.item, name) }
        function field(name: string): Item { return part(name).input }
        function type(text: string) {
            for (let i = 0; i < text.length; ++i)
                keyClick(text[i])
        }
        function find() {
            field("address").text = bed.address
            tryCompare(bed.signIn, "serverState", SignInView.Good)
        }
        function init() { make(true) }
        function cleanup() {
            loader.active = false
            compare(bed.takeWarnings(), [])
        }

        function test_byKeysAlone() {
            verify(field("address").activeFocus)
            type(bed.address)
            tryCompare(bed.signIn, "serverState", SignInView.Good)
            keyClick(Qt.Key_Return)
            verify(field("email").activeFocus)
            type("eva@example.org")
            keyClick(Qt.Key_Return)
            verify(field("password").activeFocus)
            type("secret")
            keyClick(Qt.Key_Return)
            tryCompare(bed, "signedIn", "7 session")
            compare(field("password").text, "")
            compare(bed.option("email"), "eva@example.org")
        }
        function test_enterDoesNotWaitForTheCheck() {
            field("address").text = bed.address
            field("email").text = "eva@example.org"
            field("password").text = "secret"
            field("password").forceActiveFocus()
            keyClick(Qt.Key_Return)
            verify(bed.signIn.isBusy)
            tryCompare(bed, "signedIn", "7 session")
        }
        function test_tabOrder() {
            find()
            const order = ["address", "email", "password", "stay", "atLogin", "submit", "other"]
            for (const name of order) {
                const it = part(name)
                verify((it.input ?? it).activeFocus, name)
                keyClick(Qt.Key_Tab)
            }
            keyClick(Qt.Key_Backtab)
            verify(part("other").activeFocus)
        }
        function test_problemsStandAtTheirField() {
            find()
            part("submit").clicked()
            verify(part("email").problem !== "")
            verify(field("email").activeFocus)
            field("email").text = "eva@example.org"
            field("password").text = "wrong"
            bed.problem("login", 401, "unauthenticated")
            mouseClick(part("submit"))
            tryVerify(() => part("password").problem !== "")
            verify(field("password").activeFocus)
            compare(part("email").problem, "")
        }
        function test_tooManyTriesCountDown() {
            find()
            field("email").text = "eva@example.org"
            field("password").text = "wrong"
            bed.problem("login", 429, "rate-limited", ',"retry_after":2')
            mouseClick(part("submit"))
            tryVerify(() => bed.signIn.retryIn > 0)
            verify(!part("submit").enabled)
            verify(bed.signIn.problem !== "")
            compare(bed.signIn.requestId, "req-7")
            tryCompare(bed.signIn, "retryIn", 0)
            verify(part("submit").enabled)
        }
        function test_withAToken() {
            find()
            mouseClick(part("other"))
            verify(field("token").activeFocus)
            verify(!part("password").visible)
            field("token").text = "blf_key"
            mouseClick(part("submit"))
            tryVerify(() => part("user").problem !== "")
            verify(field("user").activeFocus)
            type("eva")
            keyClick(Qt.Key_Return)
            tryCompare(bed, "signedIn", "eva token")
        }
        function test_savedSearchesAreOfOnePerson_data() {
            return [{ tag: "the same again", before: "eva", kept: "1" }, { tag: "somebody else", before: "mallory", kept: "0" }]
        }
        function test_savedSearchesAreOfOnePerson(data) {
            bed.saveSearchOf(data.before)
            find()
            mouseClick(part("other"))
            field("token").text = "blf_key"
            field("user").text = "eva"
            mouseClick(part("submit"))
            tryCompare(bed, "signedIn", "eva token")
            compare(bed.option("searches"), data.kept)
        }
        function test_cancels() {
            find()
            bed.holdBack("login")
            field("email").text = "eva@example.org"
            field("password").text = "secret"
            mouseClick(part("submit"))
            tryVerify(() => part("cancel").visible)
            mouseClick(part("cancel"))
            verify(!bed.signIn.isBusy)
            compare(bed.signedIn, "")
        }
        function test_consentIsAskedWhereNoKeychainIs() {
            verify(!part("consent").visible)
            make(false)
            tryVerify(() => part("consent").visible)
            compare(bed.option("maySecretBeInFile"), "no")
            part("consent").forceActiveFocus()
            keyClick(Qt.Key_Space)
            compare(bed.option("maySecretBeInFile"), "yes")
            mouseClick(part("stay"), 8, 12)
            compare(bed.option("staysSignedIn"), "no")
            verify(!part("consent").visible)
        }
        function test_notOurServer() {
            bed.answer("known", 404, "nothing")
            field("address").text = bed.address
            tryCompare(bed.signIn, "serverState", SignInView.Problem)
            verify(bed.signIn.serverWords !== "")
            compare(bed.signIn.fingerprint, "")
        }
    }
}
