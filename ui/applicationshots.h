// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

class QDialog;

namespace diptych {

class Application;

/// Renders the window in its states to PNG files, with real data from the built-in endpoint: for the README, for
/// looking at a change before and after, and for machines without a display.
class ApplicationShots : public QObject
{
    Q_OBJECT
public:
    explicit ApplicationShots(Application &application, QObject *parent = nullptr);

    /// One picture of the comparison of the first start.
    void takePicture(const QString &file);
    /// Every pane, light and dark, wide and narrow, into a folder.
    void takeAll(const QString &folder);

Q_SIGNALS:
    /// `allWritten` is false when a file could not be written or something did not become ready in time.
    void finished(bool allWritten);

private:
    struct Step {
        std::function<void()> prepare {};
        std::function<bool()> isReady {};
        QString file {};
    };
    /// A further picture; without `isReady` it is taken as soon as the change is drawn.
    void add(const char *name, std::function<void()> prepare, std::function<bool()> isReady = {});
    void addChatSteps();
    void addComparisonSteps();
    void addOverlaySteps();
    void addInspectorSteps();
    void addComposerSteps();
    void addPaneSteps();
    void addPageSteps();
    void addCompletionSteps();
    void addSweepSteps();
    void addGatewaySteps();
    void addSessionSteps();
    void addDialogSteps();
    void addCommandSteps();
    void press(const char *button) const; ///< of the open dialog, or else of the window
    [[nodiscard]] QList<QDialog *> dialogs() const; ///< those that are open
    void next();
    void poll();
    void save(const QString &file);

    Application &m_application;
    QString m_folder;
    std::vector<Step> m_steps;
    std::size_t m_current = 0;
    int m_waited = 0; ///< polls so far
    bool m_allWritten = true;
};

} // namespace diptych
