// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "api/connections.h"
#include "application.h"
#include "applicationendpoints.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "embeddings/embeddingspane.h"
#include "inspector/inspectorpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"

#include <QAbstractButton>
#include <QDialog>
#include <QDockWidget>
#include <QJsonObject>
#include <QLineEdit>

// The scenes; how they are played is in applicationshots.cpp.
namespace diptych {

namespace {

constexpr QSize wide {1400, 860};
constexpr QSize narrow {1024, 640};

Message question(const char *text)
{
    return Message::fromText(Role::User, QString::fromLatin1(text));
}

} // namespace

void ApplicationShots::press(const char *button) const
{
    const QList<QDialog *> shown = dialogs();
    const QWidget *place = shown.isEmpty() ? static_cast<QWidget *>(&m_application.window().window()) : shown.back();
    if (auto *found = place->findChild<QAbstractButton *>(QString::fromLatin1(button)))
        found->click();
}

void ApplicationShots::addChatSteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    const auto chatDone = [parts] {
        return !parts->conversation().session().turns.empty() && parts->conversation().runningCount() == 0;
    };
    add(
        "chat.png", [frame] { frame->resize(wide); }, chatDone);
    add(
        "chat-three-panes-error.png",
        [parts] {
            parts->chat().addPane({QStringLiteral("builtin"), QStringLiteral("babbler-5")});
            parts->conversation().ask(
                question("How do I send a parameter that the common API does not know?\nShow me an example, please."));
        },
        chatDone);
    add(
        "chat-repairs.png",
        [parts] {
            parts->conversation().setSettings({.logprobs = true, .extras = QJsonObject {{QStringLiteral("top_k"), 5}}});
            parts->conversation().ask(question("How likely is each of your words?"));
        },
        chatDone);
}

void ApplicationShots::addInspectorSteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    const auto show = [this, parts](const char *name, InspectorPane::Page page) {
        add(name, [parts, page] { parts->inspector().showPage(page); });
    };
    add("inspector-params.png", [parts] {
        parts->inspector().showModel({QStringLiteral("builtin"), QStringLiteral("guide")});
        parts->inspector().showPage(InspectorPane::Page::Params);
    });
    add("inspector-extras.png", [this, parts] {
        parts->inspector().showPage(InspectorPane::Page::Extras);
        press("sessionLayer");
    });
    show("inspector-wire.png", InspectorPane::Page::Wire);
    show("inspector-code.png", InspectorPane::Page::Code);
    add("probe.png", [this, parts] {
        parts->inspector().showPage(InspectorPane::Page::Info);
        press("probeButton");
    });
    add(
        "inspector-info.png",
        [this] {
            for (QDialog *dialog : dialogs())
                dialog->accept();
        },
        [frame] {
            const auto *again = frame->findChild<QAbstractButton *>(QStringLiteral("probeButton"));
            return again && again->isEnabled();
        });
    add("prices.png", [this] { press("priceButton"); });
    add("chat-dark-activity.png", [this, frame] {
        for (QDialog *dialog : dialogs())
            dialog->reject();
        m_application.setTheme(Settings::Theme::Dark);
        frame->findChild<QDockWidget *>(QStringLiteral("dock-activity"))->show();
    });
    show("inspector-wire-dark.png", InspectorPane::Page::Wire);
    add("chat-dark-1024x640.png", [frame] { frame->resize(narrow); });
    show("inspector-extras-1024x640.png", InspectorPane::Page::Extras);
}

void ApplicationShots::addPageSteps()
{
    addCompletionSteps();
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    add("embeddings-empty.png", [frame] { frame->showPage(QStringLiteral("embeddings")); });
    add(
        "embeddings-map.png",
        [this, parts] {
            press("sampleButton");
            parts->embeddings().embed();
        },
        [parts] { return !parts->embeddings().similarities().isEmpty(); });
    add("embeddings-matrix.png", [this] { press("matrixButton"); });
    add("embeddings-dark.png", [this] { m_application.setTheme(Settings::Theme::Dark); });
}

void ApplicationShots::addDialogSteps()
{
    const auto open = [this](const char *name, Settings::Theme theme, const std::function<void()> &show) {
        add(name, [this, theme, show] {
            for (QDialog *dialog : dialogs())
                dialog->close();
            m_application.setTheme(theme);
            show();
        });
    };
    ApplicationEndpoints *endpoints = &m_application.endpoints();
    const auto openEndpoint = [this, endpoints] {
        endpoints->add();
        for (const QDialog *dialog : dialogs()) {
            dialog->findChild<QLineEdit *>(QStringLiteral("urlEdit"))
                ->setText(QStringLiteral("https://my.services.ai.azure.com/models/chat/completions"));
        }
    };
    open("endpoint.png", Settings::Theme::Light, openEndpoint);
    open("endpoint-dark.png", Settings::Theme::Dark, openEndpoint);
    add("endpoint-advanced-dark.png", [this] { press("advancedButton"); });
    open("environment.png", Settings::Theme::Light, [endpoints] { endpoints->importFromEnvironment(); });
    open("engine.png", Settings::Theme::Light, [endpoints] { endpoints->runEngine(); });
}

} // namespace diptych
