// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "api/connections.h"
#include "application.h"
#include "applicationendpoints.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "completion/completionpane.h"
#include "embeddings/embeddingspane.h"
#include "inspector/inspectorpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"

#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QPixmap>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

namespace diptych {

namespace {

constexpr int pollMilliseconds = 50;
constexpr int longestWait = 20'000 / pollMilliseconds;

} // namespace

ApplicationShots::ApplicationShots(Application &application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
}

void ApplicationShots::takePicture(const QString &file)
{
    Conversation *conversation = &m_application.window().conversation();
    m_steps = {{.prepare = [] {},
        .isReady =
            [conversation] { return !conversation->session().turns.empty() && conversation->runningCount() == 0; },
        .file = file}};
    next();
}

void ApplicationShots::takeAll(const QString &folder)
{
    QDir().mkpath(folder);
    const QDir target(folder);
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    Conversation *conversation = &parts->conversation();
    const auto chatDone = [conversation] {
        return !conversation->session().turns.empty() && conversation->runningCount() == 0;
    };
    const auto always = [] { return true; };
    const auto file = [target](const char *name) { return target.filePath(QString::fromLatin1(name)); };
    const auto inspect = [parts](InspectorPane::Page page) { parts->inspector().showPage(page); };
    const auto press = [frame](const char *button) {
        if (auto *found = frame->findChild<QAbstractButton *>(QString::fromLatin1(button)))
            found->click();
    };
    m_steps = {
        {.prepare = [frame] { frame->resize(1400, 860); }, .isReady = chatDone, .file = file("chat.png")},
        {.prepare =
                [parts] {
                    parts->chat().addPane({QStringLiteral("builtin"), QStringLiteral("babbler-5")});
                    parts->conversation().ask(Message::fromText(Role::User,
                        QStringLiteral("How do I send a parameter that the common API does not know?\nShow me an "
                                       "example, please.")));
                },
            .isReady = chatDone,
            .file = file("chat-three-panes-error.png")},
        {.prepare = [inspect] { inspect(InspectorPane::Page::Params); },
            .isReady = always,
            .file = file("inspector-params.png")},
        {.prepare = [inspect] { inspect(InspectorPane::Page::Extras); },
            .isReady = always,
            .file = file("inspector-extras.png")},
        {.prepare = [inspect] { inspect(InspectorPane::Page::Wire); },
            .isReady = always,
            .file = file("inspector-wire.png")},
        {.prepare = [inspect] { inspect(InspectorPane::Page::Code); },
            .isReady = always,
            .file = file("inspector-code.png")},
        {.prepare =
                [this, frame, inspect] {
                    inspect(InspectorPane::Page::Info);
                    m_application.setTheme(Settings::Theme::Dark);
                    frame->findChild<QDockWidget *>(QStringLiteral("dock-activity"))->show();
                },
            .isReady = always,
            .file = file("chat-dark-activity.png")},
        {.prepare = [frame] { frame->resize(1024, 640); }, .isReady = always, .file = file("chat-dark-1024x640.png")},
        {.prepare =
                [this, frame] {
                    m_application.setTheme(Settings::Theme::Light);
                    frame->findChild<QDockWidget *>(QStringLiteral("dock-activity"))->hide();
                    frame->resize(1400, 860);
                    frame->showPage(QStringLiteral("completion"));
                },
            .isReady = always,
            .file = file("completion-empty.png")},
        {.prepare =
                [parts] {
                    parts->completion().setModel({QStringLiteral("builtin"), QStringLiteral("babbler-5")});
                    parts->completion().setPrompt(QStringLiteral("A small tree that"));
                    if (auto *logprobs = parts->completion().findChild<QLineEdit *>(QStringLiteral("logprobsEdit")))
                        logprobs->setText(QStringLiteral("5"));
                    parts->completion().run();
                },
            .isReady = [parts] { return !parts->completion().isRunning(); },
            .file = file("completion.png")},
        {.prepare = [frame] { frame->showPage(QStringLiteral("embeddings")); },
            .isReady = always,
            .file = file("embeddings-empty.png")},
        {.prepare =
                [parts, press] {
                    press("sampleButton");
                    parts->embeddings().embed();
                },
            .isReady = [parts] { return !parts->embeddings().similarities().isEmpty(); },
            .file = file("embeddings-map.png")},
        {.prepare = [press] { press("matrixButton"); }, .isReady = always, .file = file("embeddings-matrix.png")},
        {.prepare = [this] { m_application.setTheme(Settings::Theme::Dark); },
            .isReady = always,
            .file = file("embeddings-dark.png")},
    };
    addDialogSteps(folder);
    next();
}

void ApplicationShots::addDialogSteps(const QString &folder)
{
    const QDir target(folder);
    const auto always = [] { return true; };
    const auto add = [this, target, always](
                         const char *name, Settings::Theme theme, const std::function<void()> &open) {
        m_steps.push_back({.prepare =
                               [this, theme, open] {
                                   for (QDialog *dialog : dialogs())
                                       dialog->close();
                                   m_application.setTheme(theme);
                                   open();
                               },
            .isReady = always,
            .file = target.filePath(QString::fromLatin1(name))});
    };
    ApplicationEndpoints *endpoints = &m_application.endpoints();
    const auto openEndpoint = [this, endpoints] {
        endpoints->add();
        for (const QDialog *dialog : dialogs()) {
            dialog->findChild<QLineEdit *>(QStringLiteral("urlEdit"))
                ->setText(QStringLiteral("https://my.services.ai.azure.com/models/chat/completions"));
        }
    };
    add("endpoint.png", Settings::Theme::Light, openEndpoint);
    add("endpoint-dark.png", Settings::Theme::Dark, openEndpoint);
    add("environment.png", Settings::Theme::Light, [endpoints] { endpoints->importFromEnvironment(); });
    add("engine.png", Settings::Theme::Light, [endpoints] { endpoints->runEngine(); });
}

QList<QDialog *> ApplicationShots::dialogs() const
{
    QList<QDialog *> shown = m_application.window().window().findChildren<QDialog *>();
    shown.removeIf([](const QDialog *dialog) { return !dialog->isVisible(); });
    return shown;
}

void ApplicationShots::next()
{
    if (m_current == m_steps.size()) {
        Q_EMIT finished(m_allWritten);
        return;
    }
    m_waited = 0;
    // The first step waits for the start itself; each one lets its change be painted before the picture.
    QTimer::singleShot(m_current == 0 ? 4 * pollMilliseconds : 0, this, [this] {
        m_steps[m_current].prepare();
        QTimer::singleShot(4 * pollMilliseconds, this, &ApplicationShots::poll);
    });
}

void ApplicationShots::poll()
{
    const Step &step = m_steps[m_current];
    if (!step.isReady() && ++m_waited < longestWait) {
        QTimer::singleShot(pollMilliseconds, this, &ApplicationShots::poll);
        return;
    }
    m_allWritten = m_allWritten && m_waited < longestWait;
    // One more frame: what became ready still has to be drawn.
    QTimer::singleShot(4 * pollMilliseconds, this, [this] {
        save(m_steps[m_current].file);
        ++m_current;
        next();
    });
}

void ApplicationShots::save(const QString &file)
{
    const QList<QDialog *> shown = dialogs();
    const QPixmap picture = shown.isEmpty() ? m_application.window().window().grab() : shown.back()->grab();
    m_allWritten = picture.save(file) && m_allWritten;
}

} // namespace diptych
