// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationcommands.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "transcript/transcriptview.h"

#include <QDialog>
#include <QLineEdit>

// The scenes of the command palette, the list of shortcuts, and formulas in answers.
namespace diptych {

namespace {

constexpr QSize wide {1400, 860};
constexpr QSize narrow {1024, 640};

const char *const formulas =
    "The roots of $ax^2 + bx + c = 0$ are\n\n$$x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}.$$\n\n"
    "With $\\hat{y} = \\sigma(W^\\top x + b)$ the loss is\n\n"
    "\\[\nL(\\theta) = -\\sum_{i=1}^{n} \\left[ y_i \\log p_i + (1 - y_i) \\log(1 - p_i) \\right]\n\\]\n\n"
    "A rotation by $90^\\circ$:\n\n"
    "$$R = \\begin{pmatrix} \\cos\\theta & -\\sin\\theta \\\\ \\sin\\theta & \\cos\\theta \\end{pmatrix}, \\quad "
    "f(x) = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}$$\n\n"
    "1. The limit \\(\\lim_{x \\to 0} \\frac{\\sin x}{x} = 1\\).\n"
    "2. $\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$ and $\\forall x \\in \\mathbb{R}: x^2 \\geq 0$.\n"
    "3. It costs $5 and not $10, and `$HOME` stays; $\\unknown{x}$ too.\n\n"
    "| name | formula |\n|---|---|\n| energy | $E = mc^2$ |\n| sum | $\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}$ |\n";

} // namespace

void ApplicationShots::addCommandSteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    const auto search = [frame](const char *text) {
        if (auto *edit = frame->findChild<QLineEdit *>(QStringLiteral("commandSearch")))
            edit->setText(QString::fromLatin1(text));
    };
    const auto reopen = [parts, frame] {
        if (frame->findChild<QWidget *>(QStringLiteral("commandPalette"))->isVisible())
            parts->commands().openPalette();
        parts->commands().openPalette();
    };
    const auto showFormulas = [frame] {
        for (TranscriptView *view : frame->findChildren<TranscriptView *>()) {
            view->setHistory({{.speaker = TranscriptSpeaker::Assistant,
                .caption = QStringLiteral("model"),
                .markdown = QString::fromLatin1(formulas)}});
        }
    };
    add("formulas.png", [this, parts, frame, showFormulas] {
        for (QDialog *dialog : dialogs())
            dialog->close();
        m_application.setTheme(Settings::Theme::Light);
        frame->resize(wide);
        frame->showPage(QStringLiteral("chat"));
        showFormulas();
    });
    add("palette.png", [reopen] { reopen(); });
    add("palette-search.png", [search] { search("ga"); });
    add("formulas-dark-1024x640.png", [this, parts, frame, showFormulas] {
        parts->commands().openPalette();
        m_application.setTheme(Settings::Theme::Dark);
        frame->resize(narrow);
        showFormulas();
    });
    add("palette-dark-1024x640.png", [reopen, search] {
        reopen();
        search("pane");
    });
    add("shortcuts-dark.png", [parts] {
        parts->commands().openPalette();
        parts->commands().openShortcuts();
    });
}

} // namespace diptych
