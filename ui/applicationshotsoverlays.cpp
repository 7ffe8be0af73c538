// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationshots.h"

#include "application.h"
#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "overlay/overlays.h"

#include <QDialog>

#include <cmath>

// The overlays of a comparison; its answers are written here, so that the pictures do not depend on a model.
namespace diptych {

namespace {

const char *const firstAnswer =
    "A **hash map** finds a value by its key. It turns the key into a number and keeps the "
    "value in the bucket of that number.\n\n```python\ndef find(key):\n    bucket = "
    "hash(key) % 8\n    return table[bucket]\n```\n\nMost look-ups take the same time, however "
    "many values there are.\n";
const char *const secondAnswer =
    "A **hash table** finds a value by its key. It turns the key into a number and keeps "
    "the value in the slot of that number, or near it.\n\n```python\ndef find(key):\n    "
    "bucket = hash(key) % 16\n    return table[bucket]\n```\n\nLook-ups take the same time.\n";

/// The words of a text as tokens; every few of them is one that the model was not sure of.
std::vector<TokenLogprob> tokensOf(const QString &text)
{
    std::vector<TokenLogprob> tokens;
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype space = text.indexOf(u' ', start + 1);
        const qsizetype end = space < 0 ? text.size() : space;
        const QString word = text.mid(start, end - start);
        const double probability = tokens.size() % 7 == 3 ? 0.06 : tokens.size() % 5 == 2 ? 0.35 : 0.93;
        tokens.push_back({.token = word,
            .logprob = std::log(probability),
            .top = {{word, std::log(probability)}, {QStringLiteral(" another"), std::log(0.4 * (1 - probability))},
                {QStringLiteral(" one"), std::log(0.3 * (1 - probability))}}});
        start = end;
    }
    return tokens;
}

Session comparison()
{
    const std::vector<QString> texts {QString::fromLatin1(firstAnswer), QString::fromLatin1(secondAnswer),
        QStringLiteral("Think of a cloakroom: your ticket says where your coat hangs.\n")};
    Session session {.id = QStringLiteral("overlays"), .title = QStringLiteral("What is a hash map?")};
    Turn turn {.at = QDateTime::currentDateTimeUtc(),
        .prompt = Message::fromText(Role::User, QStringLiteral("What is a hash map?"))};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const ModelRef model {
            QStringLiteral("builtin"), i == 1 ? QStringLiteral("guide-reasoning") : QStringLiteral("guide")};
        const QString pane = QStringLiteral("p%1").arg(i + 1);
        session.panes.push_back({.id = pane, .model = model});
        turn.answers.push_back({.paneId = pane,
            .model = model,
            .modelLabel = model.model,
            .state = Answer::State::Complete,
            .message = Message::fromText(Role::Assistant, texts[i]),
            .logprobs = i == 2 ? std::vector<TokenLogprob> {} : tokensOf(texts[i])});
    }
    session.turns.push_back(turn);
    return session;
}

} // namespace

void ApplicationShots::addOverlaySteps()
{
    ApplicationWindow *parts = &m_application.window();
    MainWindow *frame = &parts->window();
    const auto show = [this, parts](const char *name, Overlay overlay, Settings::Theme theme, int jumps) {
        add(name, [this, parts, overlay, theme, jumps] {
            m_application.setTheme(theme);
            parts->chat().overlays().setOverlay(overlay);
            for (int i = 0; i < jumps; ++i)
                parts->chat().overlays().jump(1);
        });
    };
    add("overlay-plain.png", [this, parts, frame] {
        for (QDialog *dialog : dialogs())
            dialog->close();
        m_application.setTheme(Settings::Theme::Light);
        frame->showPage(QStringLiteral("chat"));
        parts->conversation().adopt(comparison());
    });
    show("overlay-diff.png", Overlay::Diff, Settings::Theme::Light, 0);
    show("overlay-diff-jump.png", Overlay::Diff, Settings::Theme::Light, 2);
    show("overlay-diff-dark.png", Overlay::Diff, Settings::Theme::Dark, 3);
    show("overlay-logprobs-dark.png", Overlay::Logprobs, Settings::Theme::Dark, 2);
    add("overlay-logprobs-narrow.png", [this, frame] {
        m_application.setTheme(Settings::Theme::Light);
        frame->resize(1024, 640);
    });
    show("overlay-raw.png", Overlay::Raw, Settings::Theme::Light, 0);
    show("overlay-plain-again.png", Overlay::Plain, Settings::Theme::Light, 0);
}

} // namespace diptych
