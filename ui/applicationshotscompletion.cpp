// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationwindow.h"
#include "completion/completionedit.h"
#include "completion/completionpane.h"
#include "mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QLineEdit>
#include <QTableView>

// The scenes of the completion page.
namespace diptych {

namespace {

constexpr QSize wide {1400, 860};
constexpr QSize narrow {1024, 640};

ModelRef builtin(const char *model)
{
    return {.endpointId = QStringLiteral("builtin"), .model = QString::fromLatin1(model)};
}

void type(const CompletionPane &pane, const char *field, const char *text)
{
    if (auto *edit = pane.findChild<QLineEdit *>(QString::fromLatin1(field)))
        edit->setText(QString::fromLatin1(text));
}

void toggle(const CompletionPane &pane, const char *button, bool isOn)
{
    if (auto *found = pane.findChild<QAbstractButton *>(QString::fromLatin1(button)))
        found->setChecked(isOn);
}

/// Puts the caret behind the first words that a model wrote, so that a token is shown.
void pointIntoText(const CompletionPane &pane)
{
    auto *editor = pane.findChild<CompletionEdit *>(QStringLiteral("editor"));
    QTextCursor caret = editor->textCursor();
    caret.setPosition(editor->generationStart() + 2);
    editor->setTextCursor(caret);
}

} // namespace

void ApplicationShots::addCompletionSteps()
{
    MainWindow *frame = &m_application.window().window();
    CompletionPane *pane = &m_application.window().completion();
    const auto done = [pane] { return !pane->isRunning(); };
    add("completion-empty.png", [this, frame] {
        m_application.setTheme(Settings::Theme::Light);
        frame->findChild<QDockWidget *>(QStringLiteral("dock-activity"))->hide();
        frame->resize(wide);
        frame->showPage(QStringLiteral("completion"));
    });
    add(
        "completion.png",
        [pane] {
            pane->setModel(builtin("babbler-5"));
            pane->setPrompt(QStringLiteral("A small tree that"));
            type(*pane, "logprobsEdit", "5");
            type(*pane, "maxTokensEdit", "60");
            pane->run();
        },
        done);
    add("completion-heat.png", [pane] {
        toggle(*pane, "heatButton", true);
        pointIntoText(*pane);
    });
    add(
        "completion-samples.png",
        [pane] {
            pane->setPrompt(QStringLiteral("In the beginning"));
            type(*pane, "nEdit", "3");
            type(*pane, "maxTokensEdit", "24");
            pane->run();
        },
        done);
    add(
        "completion-models.png",
        [pane] {
            for (const char *model : {"babbler-3", "guide", "guide-brief"})
                pane->board().add(builtin(model));
            pane->setPrompt(QStringLiteral("What is a logprob?"));
            type(*pane, "nEdit", "");
            pane->run();
        },
        done);
    add("completion-models-dark-1024x640.png", [this, frame] {
        m_application.setTheme(Settings::Theme::Dark);
        frame->resize(narrow);
    });
    add(
        "completion-long-1024x640.png",
        [pane] {
            const auto columns = pane->board().columns();
            for (std::size_t i = 2; i < columns.size(); ++i)
                pane->board().remove(columns[i].id);
            pane->setPrompt(QStringLiteral("It was a long day, and the road went on and on. ").repeated(60)
                + QStringLiteral("\n\nAt last"));
            type(*pane, "nEdit", "2");
            pane->run();
        },
        done);
    addSweepSteps();
}

void ApplicationShots::addSweepSteps()
{
    MainWindow *frame = &m_application.window().window();
    CompletionPane *pane = &m_application.window().completion();
    const auto done = [pane] { return !pane->isRunning(); };
    add("completion-sweep-plan.png", [this, pane, frame] {
        m_application.setTheme(Settings::Theme::Light);
        frame->resize(wide);
        pane->setPrompt(QStringLiteral("A small tree that"));
        type(*pane, "nEdit", "");
        toggle(*pane, "sweepToggle", true);
        type(*pane, "sweepTemperatureEdit", "0, 1, 9");
        type(*pane, "sweepTopPEdit", "0.5..1 step 0.25");
    });
    add(
        "completion-sweep.png", [pane] { pane->runSweep(); }, done);
    add("completion-sweep-error.png", [pane] {
        auto *table = pane->findChild<QTableView *>(QStringLiteral("sweepTable"));
        table->setCurrentIndex(table->model()->index(2, 1));
    });
    add("completion-sweep-dark-1024x640.png", [this, frame] {
        m_application.setTheme(Settings::Theme::Dark);
        frame->resize(narrow);
    });
    add("completion-after.png", [this, pane, frame] {
        m_application.setTheme(Settings::Theme::Light);
        frame->resize(wide);
        toggle(*pane, "sweepToggle", false);
        toggle(*pane, "heatButton", false);
        pane->board().remove(pane->board().columns().back().id);
    });
}

} // namespace diptych
