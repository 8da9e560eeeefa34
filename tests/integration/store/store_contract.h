#pragma once

#include "store_driver.h"

#include <QTemporaryDir>

namespace belfry::store {
/// What every store promises, whatever it stands on: one body, run against the fake, SQLite and PostgreSQL.
/// `fresh` makes the options of an empty database.
class StoreContract : public QObject
{
    Q_OBJECT
public:
    using Fresh = std::function<StoreOptions()>;
    explicit StoreContract(Fresh fresh);
    ~StoreContract() override;

private:
    using Committed = std::vector<ports::Committed>;
    struct Listener;
    void open(StoreOptions options, const ports::OutboxEncoder *outbox = nullptr);
    [[nodiscard]] StoreDriver &s() { return *m_driver; }
    /// The log of `user` has each seq from its floor up to its head once, and the counts are those of a
    /// recount.
    void checkWhole(const model::Text &user);

    Fresh m_fresh;
    runtime::FakeClock m_clock;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<ports::Store> m_store;
    std::unique_ptr<StoreDriver> m_driver;

private Q_SLOTS:
    void init();
    void cleanup();

    // contract_submit.cpp
    void keepsEveryMember();
    void numbersEachUserWithoutGaps();
    void tellsTheListenerInOrder();
    void suppressesWithoutASeq();
    void knowsUnknownUsers();
    void givesLegacyIds();
    void oneBadRowFailsAlone();
    void refusesWhenTheQueueIsFull();
    void answersInTheOrderOfTheCalls();

    // contract_repeat.cpp
    void repeatsAnAnswerOnce();
    void refusesAnotherBody();
    void forgetsAnAnswerAfterADay();
    void answersForWhatMadeNothing();
    void deduplicatesPerRecipient();
    void collapseKeepsBothDedupeKeys();
    void deduplicatesWithinOneBatch();
    void collapsesIntoTheActiveOne();
    void collapsesPastASuppressedOne();
    void renotifyMovesUpWithoutAHole();
    void renotifyAsksForANewAck();

    // contract_change.cpp
    void patches();
    void patchesKeepWhatAPostKeeps();
    void patchesTheEnd();
    void recalls();
    void cancelsOnlyWhatIsHeld();
    void releasesWhatIsDue();
    void releaseCollapses();
    void releaseRenotifies();
    void expires();
    void wakesASnoozedOne();
    void dueComesInOrder();
    void dueSaysThatABatchIsCut();
    void decidesAtTheRelease();

    // contract_ops.cpp
    void opsChangeAndCount_data();
    void opsChangeAndCount();
    void opsAreIdempotent();
    void opsUpToLeaveWhatCameLater();
    void allReadIsSaidOfWhatWasReadBefore();
    void opsUpToSayWhatTheyLeaveOut();
    void whatIsSupersededIsNamedUpToALimit();
    void opsOnManyDoWhatOpsOnOneDo();
    void opsOnManyKeepWhatOthersChange();
    void opsOfOthersAreUnknown();
    void opsLoseToLaterOnes();
    void repeatsCountAsTheLaterOne();
    void deletedOnesComeBack();
    void oneLogRowPerOp();
    void countsEqualARecount();

    // contract_read.cpp
    void listsByState();
    void pagesEndBeforeTheyAreTooLarge();
    void aLogWeighsEachChangeOfAnItem();
    void aLogEndsAmongHeavyItems();
    void pagesByCursorAndOffset();
    void pagesThroughTheScheduled();
    void replaysTheLog();
    void resetsTheLog();
    void searches_data();
    void searches();
    void searchFollowsChanges();
    void searchKnowsItsUser();
    void tellsTheTimeline();
    void tellsTheTimelineOfAScheduledOne();

    // contract_directory.cpp
    void createsUsersAboveAllNumbers();
    void pagesAllUsers();
    void keepsPreferences();
    void keepsTopics();
    void whatIsRefusedMakesNobody();
    void broadcastsToTheUsersOfThatMoment();
    void topicJobsReachSubscribers();
    void jobsAreAcceptedOnce();
    void jobsEndWithTheirTime();
    void heavyJobsTakeShortSteps();
    void keepsKeys();
    void rotatesKeys();

    // contract_webhooks.cpp
    void keepsWebhooks();
    void changesWebhooks();
    void letsOnlyTheirsBeChanged();
    void refusesTooManyWebhooks();

    // contract_deliveries.cpp
    void deliversWhatWasDecided();
    void retriesWhenItIsTime();
    void leasesEnd();
    void lanesGoInOrder();
    void claimsNoMoreThanAskedFor();
    void deliveriesFollowTheNotification();
    void collapseSupersedesDeliveries();
    void scheduledOnesGoOutAtTheirRelease();
    void whatWaitsEndsWithItsWebhook();
    void whatWaitsGoesOnWithItsWebhook();
    void browsesDeliveries();
    void redrivesDeadLetters();

    // contract_sessions.cpp
    void findsAccountsByMail();
    void rotatesARefreshToken();
    void revokesWhatIsUsedTwice();
    void oneSessionADevice();
    void closesASession();
    void listsAndEndsSessions();
    void auditHasPages();

    // contract_people.cpp
    void addsPeople();
    void changesPeople();
    void findsPeople();
    void tellsWhoIsMoreThanAUser();
    void whoIsDisabledSignsInNoMore();

    // contract_erasures.cpp
    void forgetsAUser();
    void forgetsWhatBelongsToAUser();
    void redactsNumbersThatAreThatUser();
    void keepsWhatCameLater();
    void nobodyForgetsAHigherRole();
    // contract_operations.cpp
    void listsEventsOfAll();
    void filtersEvents_data();
    void filtersEvents();
    void countsWhatWaits();

    // contract_outbox.cpp
    void withoutARelayTheOutboxIsEmpty();
    void eachChangeGoesIntoTheOutbox();
    void whatIsRefusedLeavesNothingInTheOutbox();
    void theOutboxIsSwept();
    void theOutboxForgetsAUser();

    // contract_registry.cpp
    void keepsCategories();
    void refusesTooManyCategories();
    void keepsDevices();
    void refusesTooManyDevices();
    void keepsByCategory();

    // contract_retention.cpp
    void removesWhatIsOld();
    void keepsWhatStillStands();
    void removesWhatWasDeleted();
    void keepsWhatIsNamed();
    void theLogBeginsLater();
    void placesStayInTheLog();
    void sweepsInSteps();
    void searchForgetsWhatIsRemoved();
    void removesRecords();
    void keepsForEver();
};
} // namespace belfry::store
