// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationwindow.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QPixmap>
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
    MainWindow *frame = &m_application.window().window();
    m_steps = {{.prepare = [frame] { frame->resize(1400, 860); },
        .isReady =
            [conversation] { return !conversation->session().turns.empty() && conversation->runningCount() == 0; },
        .file = file}};
    next();
}

void ApplicationShots::takeAll(const QString &folder)
{
    QDir().mkpath(folder);
    m_folder = folder;
    addChatSteps();
    addSessionSteps();
    addInspectorSteps();
    addPaneSteps();
    addComposerSteps();
    addPageSteps();
    addGatewaySteps();
    addOverlaySteps();
    addDialogSteps();
    addCommandSteps();
    addComparisonSteps();
    next();
}

void ApplicationShots::add(const char *name, std::function<void()> prepare, std::function<bool()> isReady)
{
    if (!isReady)
        isReady = [] { return true; };
    m_steps.push_back({.prepare = std::move(prepare),
        .isReady = std::move(isReady),
        .file = QDir(m_folder).filePath(QString::fromLatin1(name))});
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
    QWidget *popup = QApplication::activePopupWidget();
    const QPixmap picture = popup ? popup->grab()
        : shown.isEmpty()         ? m_application.window().window().grab()
                                  : shown.back()->grab();
    m_allWritten = picture.save(file) && m_allWritten;
}

} // namespace diptych
