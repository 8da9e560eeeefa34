#include "runtime/log.h"

Q_LOGGING_CATEGORY(lcApp, "belfry.app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "belfry.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "belfry.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcApi, "belfry.api", QtInfoMsg)
Q_LOGGING_CATEGORY(lcGateway, "belfry.gateway", QtInfoMsg)
Q_LOGGING_CATEGORY(lcBus, "belfry.bus", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAuth, "belfry.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSchedule, "belfry.schedule", QtInfoMsg)
Q_LOGGING_CATEGORY(lcService, "belfry.service", QtInfoMsg)
Q_LOGGING_CATEGORY(lcChannels, "belfry.channels", QtInfoMsg)
Q_LOGGING_CATEGORY(lcTrace, "belfry.trace", QtInfoMsg)
