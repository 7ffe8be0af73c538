// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationgateway.h"
#include "applicationwindow.h"
#include "gatewaypane/gatewaypane.h"
#include "gatewaypane/routedialog.h"
#include "mainwindow/mainwindow.h"

#include <QAction>
#include <QDialog>
#include <QTabWidget>
#include <QTableView>

// The scenes of the Gateway page. Its routes are made up: nothing is asked and nothing listens.
namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr QSize wide {1400, 860};
constexpr QSize narrow {1024, 640};
constexpr int shadowPage = 1;
constexpr int recordingsPage = 2;

ModelRef builtIn(const char *model)
{
    return {QStringLiteral("builtin"), QString::fromLatin1(model)};
}

std::vector<Route> sampleRoutes()
{
    return {{.id = QStringLiteral("one"),
                .name = QStringLiteral("gpt-4o"),
                .targets = {{.model = builtIn("guide")}},
                .fallbacks = {builtIn("guide-brief")},
                .shadow = builtIn("guide-brief"),
                .adaptation = Adaptation::Strict,
                .extras = {{QStringLiteral("tokens_per_second"), 40}},
                .systemPrompt = QStringLiteral("Answer in English."),
                .budget = 5,
                .forwardedHeaders = {QStringLiteral("x-trace-id")},
                .tape = TapeMode::Record},
        {.id = QStringLiteral("two"),
            .name = QStringLiteral("claude-*"),
            .targets = {{.model = builtIn("guide"), .weight = 9}, {.model = builtIn("guide-brief")}}},
        {.id = QStringLiteral("three"),
            .name = QStringLiteral("a-name-that-is-much-longer-than-its-column"),
            .targets = {{.model = {QStringLiteral("gone"), QStringLiteral("meta-llama/Llama-3.3-70B-Instruct")}}}},
        {.id = QStringLiteral("four"),
            .name = QStringLiteral("text-embedding-3-small"),
            .isEnabled = false,
            .targets = {{.model = builtIn("wordmap-128")}},
            .tape = TapeMode::Replay,
            .replaySpeed = 10},
        {.id = QStringLiteral("five"), .name = QStringLiteral("*"), .targets = {{.model = builtIn("guide")}}}};
}

ShadowPair samplePair(int number)
{
    const auto answer = [](const char *model, const QString &text, std::chrono::microseconds first) {
        ShadowAnswer made {.model = builtIn(model), .isFinished = true, .firstToken = first, .duration = 20 * first};
        made.response.choices.push_back({.message = Message::fromText(Role::Assistant, text)});
        return made;
    };
    return {.askedModel = QStringLiteral("gpt-4o"),
        .at = QDateTime(QDate(2026, 3, 1), QTime(9, 30, number)),
        .request = {.messages = {Message::fromText(Role::User, QStringLiteral("What is a gateway?"))}},
        .served = answer("guide", QStringLiteral("A gateway lets programs use the models here."), 18ms),
        .shadow = answer("guide-brief", QStringLiteral("A gateway lets programs in."), 9ms)};
}

} // namespace

void ApplicationShots::addGatewaySteps()
{
    Application *application = &m_application;
    MainWindow *frame = &application->window().window();
    GatewayPane *pane = &application->window().gateway();
    ApplicationGateway *gateway = &application->gateway();
    const auto showTab = [pane](
                             int tab) { pane->findChild<QTabWidget *>(QStringLiteral("pages"))->setCurrentIndex(tab); };
    add("gateway-empty.png", [application, frame] {
        application->setTheme(Settings::Theme::Light);
        frame->resize(wide);
        frame->showPage(QStringLiteral("gateway"));
    });
    add("gateway.png", [application, pane, gateway] {
        gateway->routes().setRoutes(sampleRoutes());
        gateway->routes().setCounters(QStringLiteral("one"),
            {.requests = 1284,
                .running = 3,
                .failed = 2,
                .fallbacks = 4,
                .promptTokens = 412'350,
                .completionTokens = 98'112,
                .cost = 0.42,
                .firstToken = 18ms,
                .lastUsed = QDateTime::currentDateTime()});
        gateway->routes().setCounters(QStringLiteral("two"),
            {.requests = 12, .promptTokens = 310, .completionTokens = 820, .unpriced = 12, .firstToken = 240ms});
        pane->setState({.isRunning = true, .baseUrl = gateway->state().baseUrl, .key = Secret("made-up")});
        application->window().setGateway(true, gateway->state().baseUrl.port(), {});
        pane->showRefusal({QStringLiteral("09:31:02"), QStringLiteral("POST /v1/chat/completions"),
            QStringLiteral("gpt-5"), {}, 404});
        auto *table = pane->findChild<QTableView *>(QStringLiteral("routesView"));
        table->setCurrentIndex(table->model()->index(0, 0));
    });
    add("gateway-shadow.png", [gateway, showTab] {
        for (int number = 0; number < 3; ++number)
            gateway->shadows().add(samplePair(number));
        showTab(shadowPage);
    });
    add("gateway-recordings-dark.png", [application, showTab] {
        application->setTheme(Settings::Theme::Dark);
        showTab(recordingsPage);
    });
    add("gateway-dark-1024x640.png", [frame, showTab] {
        frame->resize(narrow);
        showTab(0);
    });
    add("gateway-1024x640.png", [application] { application->setTheme(Settings::Theme::Light); });
    add("gateway-port-taken.png", [pane, gateway] {
        pane->setState({.baseUrl = gateway->state().baseUrl,
            .error = QStringLiteral("Cannot listen on 127.0.0.1 port 8089: the address is in use"),
            .isPortTaken = true});
    });
    add("gateway-route.png", [pane] { pane->editRoute(QStringLiteral("one")); });
    const auto showRoutePage = [pane](int page) { pane->findChild<RouteDialog *>()->showPage(page); };
    add("gateway-route-added.png", [showRoutePage] { showRoutePage(1); });
    add("gateway-route-fails.png", [showRoutePage] { showRoutePage(2); });
    add("gateway-route-keeping-dark.png", [application, showRoutePage] {
        application->setTheme(Settings::Theme::Dark);
        showRoutePage(3);
    });
    add("gateway-route-shares-dark.png", [pane] {
        pane->findChild<RouteDialog *>()->reject();
        pane->editRoute(QStringLiteral("two"));
    });
    add("gateway-others.png", [this, application, pane, frame] {
        for (QDialog *dialog : dialogs())
            dialog->reject();
        application->setTheme(Settings::Theme::Light);
        frame->resize(wide);
        pane->findChild<QAction *>(QStringLiteral("othersAction"))->trigger();
    });
}

} // namespace diptych
