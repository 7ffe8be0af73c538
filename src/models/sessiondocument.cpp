// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiondocument.h"

#include "models/sessiontree.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::SessionDocument", text);
}

QString title(const Session &session)
{
    return session.title.isEmpty() ? tr("Untitled") : session.title;
}

QString when(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

/// One answer for each pane, in the panes' order; answers of panes that are gone come last.
std::vector<const Answer *> answersThatCount(const Session &session, const Turn &turn)
{
    std::vector<const Answer *> answers;
    for (const PaneState &pane : session.panes) {
        if (const Answer *answer = answerOf(turn, pane.id))
            answers.push_back(answer);
    }
    for (const Answer &answer : turn.answers) {
        const bool isKnown = std::any_of(session.panes.begin(), session.panes.end(),
            [&answer](const PaneState &pane) { return pane.id == answer.paneId; });
        if (!isKnown && answerOf(turn, answer.paneId) == &answer)
            answers.push_back(&answer);
    }
    return answers;
}

QString stateText(const Answer &answer)
{
    switch (answer.state) {
    case Answer::State::Stopped:
        return tr("stopped by the user");
    case Answer::State::Failed:
        return answer.error ? tr("failed: %1").arg(answer.error->message) : tr("failed");
    case Answer::State::Interrupted:
    case Answer::State::Streaming:
        return tr("interrupted");
    case Answer::State::AwaitingTools:
        return tr("waiting for the results of tools");
    case Answer::State::Complete:
        break;
    }
    return {};
}

/// "1.2 s · 48 tok/s · 120 tokens · stopped by the user"; empty when nothing is known.
QString footer(const Answer &answer)
{
    QStringList parts;
    const AnswerMetrics &metrics = answer.metrics;
    const auto milliseconds = [](std::chrono::microseconds time) {
        return tr("%1 ms to the first token").arg(QLocale().toString(double(time.count()) / 1000, 'f', 0));
    };
    if (const auto time = metrics.timeToFirstToken())
        parts.append(milliseconds(*time));
    if (const auto rate = metrics.tokensPerSecond())
        parts.append(tr("%1 tok/s").arg(QLocale().toString(*rate, 'f', 1)));
    if (metrics.usage.completionTokens) {
        const QString count = QLocale().toString(*metrics.usage.completionTokens);
        parts.append(metrics.usage.source == Usage::Source::Estimated ? tr("about %1 tokens").arg(count)
                                                                      : tr("%1 tokens").arg(count));
    }
    if (const QString state = stateText(answer); !state.isEmpty())
        parts.append(state);
    return parts.join(QStringLiteral(" · "));
}

QString branchesLeftOut(const Session &session)
{
    const int count = int(leaves(session).size()) - 1;
    if (count <= 0)
        return {};
    return count == 1 ? tr("Another branch is left out; the export as JSON has it.")
                      : tr("%1 other branches are left out; the export as JSON has them.").arg(count);
}

/// What a part is that is not text.
QString partName(const ContentPart &part)
{
    if (const auto *image = std::get_if<ImagePart>(&part))
        return tr("[picture: %1]")
            .arg(!image->name.isEmpty()               ? image->name
                    : image->url.startsWith(u"data:") ? tr("without a name")
                                                      : image->url);
    if (const auto *audio = std::get_if<AudioPart>(&part))
        return tr("[sound: %1]").arg(audio->name.isEmpty() ? audio->format : audio->name);
    if (const auto *audio = std::get_if<AudioUrlPart>(&part))
        return tr("[sound: %1]").arg(audio->url);
    return {};
}

QString quoted(const QString &text)
{
    return QStringLiteral("> ") + QString(text).replace(u'\n', QStringLiteral("\n> "));
}

/// A line of its own that is no Markdown.
QString plainLine(QString text)
{
    static const QRegularExpression signs(QStringLiteral("([\\\\`*_{}\\[\\]<>#|])"));
    return text.simplified().replace(signs, QStringLiteral("\\\\1"));
}

QString fenced(const QString &text)
{
    QString fence = QStringLiteral("```");
    while (text.contains(fence))
        fence += u'`';
    return fence + u'\n' + text + u'\n' + fence;
}

QString markdownOf(const Message &message)
{
    QStringList blocks;
    for (const ContentPart &part : message.content) {
        const auto *text = std::get_if<TextPart>(&part);
        blocks.append(text ? text->text : plainLine(partName(part)));
    }
    for (const ToolCall &call : message.toolCalls)
        blocks.append(
            tr("Calls the tool %1:").arg(plainLine(call.name)) + QStringLiteral("\n\n") + fenced(call.arguments));
    return blocks.join(QStringLiteral("\n\n"));
}

QString html(const QString &text)
{
    return text.toHtmlEscaped();
}

QString block(const char *name, const QString &text)
{
    return text.isEmpty() ? QString()
                          : QStringLiteral("<div class=\"%1\">%2</div>\n").arg(QLatin1String(name), html(text));
}

/// A picture that the session itself holds; anything else is named, never loaded.
QString htmlPart(const ContentPart &part)
{
    static const QRegularExpression own(QStringLiteral("^data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$"));
    if (const auto *text = std::get_if<TextPart>(&part))
        return block("text", text->text);
    if (const auto *image = std::get_if<ImagePart>(&part); image && own.match(image->url).hasMatch()) {
        return QStringLiteral("<p><img src=\"%1\" alt=\"%2\"></p>\n")
            .arg(image->url, html(image->name.isEmpty() ? tr("picture") : image->name));
    }
    return block("note", partName(part));
}

QString htmlOf(const Message &message)
{
    QString page;
    for (const ContentPart &part : message.content)
        page += htmlPart(part);
    for (const ToolCall &call : message.toolCalls) {
        page += block("note", tr("Calls the tool %1:").arg(call.name));
        page += block("text", call.arguments);
    }
    return page;
}

QString htmlTurn(const Session &session, const Turn &turn, int number)
{
    QString page = QStringLiteral("<h2>%1</h2>\n<div class=\"prompt\">\n%2</div>\n<div class=\"answers\">\n")
                       .arg(html(tr("%1 · Prompt").arg(number)), htmlOf(turn.prompt));
    for (const Answer *answer : answersThatCount(session, turn)) {
        page += QStringLiteral("<div class=\"answer\">\n<h3>%1</h3>\n").arg(html(answer->modelLabel));
        page += block("reasoning", answer->message.reasoning);
        for (const Message &round : answer->toolRounds)
            page += htmlOf(round);
        page += htmlOf(answer->message);
        page += block("note", footer(*answer));
        page += QStringLiteral("</div>\n");
    }
    return page + QStringLiteral("</div>\n");
}

QString htmlSession(const Session &session)
{
    QString page = QStringLiteral("<h1>%1</h1>\n").arg(html(title(session)));
    page += block("note", when(session.updatedAt));
    if (!session.systemPrompt.isEmpty())
        page += block("note", tr("System prompt")) + block("reasoning", session.systemPrompt);
    for (std::size_t index = 0; index < session.turns.size(); ++index)
        page += htmlTurn(session, session.turns[index], int(index) + 1);
    return page + block("note", branchesLeftOut(session));
}

} // namespace

QString sessionMarkdown(const Session &session)
{
    QStringList blocks {QStringLiteral("# %1").arg(plainLine(title(session))), when(session.updatedAt)};
    if (!session.systemPrompt.isEmpty())
        blocks.append(QStringLiteral("**%1**\n\n%2").arg(tr("System prompt"), quoted(session.systemPrompt)));
    int number = 0;
    for (const Turn &turn : session.turns) {
        blocks.append(QStringLiteral("## %1").arg(tr("%1 · Prompt").arg(++number)));
        blocks.append(markdownOf(turn.prompt));
        for (const Answer *answer : answersThatCount(session, turn)) {
            blocks.append(QStringLiteral("### %1").arg(plainLine(answer->modelLabel)));
            if (!answer->message.reasoning.isEmpty())
                blocks.append(quoted(answer->message.reasoning));
            for (const Message &round : answer->toolRounds)
                blocks.append(markdownOf(round));
            blocks.append(markdownOf(answer->message));
            if (const QString line = footer(*answer); !line.isEmpty())
                blocks.append(QStringLiteral("*%1*").arg(plainLine(line)));
        }
    }
    if (const QString note = branchesLeftOut(session); !note.isEmpty())
        blocks.append(QStringLiteral("*%1*").arg(note));
    blocks.removeAll(QString());
    return blocks.join(QStringLiteral("\n\n")) + u'\n';
}

QString sessionsHtml(const std::vector<Session> &sessions)
{
    // A policy of its own: even a browser that finds something loads nothing.
    const QString head = QStringLiteral(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
        "'unsafe-inline'\">\n"
        "<title>%1</title>\n<style>\n"
        "body { font-family: sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; color: #1c1e21; "
        "background: #ffffff; }\n"
        "h1 { font-size: 150%; } h2 { font-size: 110%; margin-top: 2em; } h3 { font-size: 100%; margin: 0 0 0.5em; }\n"
        ".prompt { background: #eef3fb; padding: 0.7em 1em; }\n"
        ".answers { display: flex; flex-wrap: wrap; gap: 1em; margin-top: 1em; }\n"
        ".answer { flex: 1 1 20em; min-width: 0; border-top: 1px solid #c9ced6; padding-top: 0.7em; }\n"
        ".text, .reasoning { white-space: pre-wrap; overflow-wrap: anywhere; }\n"
        ".reasoning { color: #5a6270; border-left: 3px solid #c9ced6; padding-left: 0.7em; margin-bottom: 0.7em; }\n"
        ".note { color: #5a6270; font-size: 90%; margin: 0.5em 0; }\n"
        "img { max-width: 100%; }\n</style>\n</head>\n<body>\n");
    QString page = QString(head).replace(
        QStringLiteral("%1"), html(sessions.size() == 1 ? title(sessions.front()) : tr("Sessions")));
    for (const Session &session : sessions)
        page += htmlSession(session);
    return page + QStringLiteral("</body>\n</html>\n");
}

} // namespace diptych
