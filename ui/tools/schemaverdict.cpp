// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/schemaverdict.h"

#include "models/conversation.h"
#include "models/sessiontree.h"
#include "theme/theme.h"
#include "widgets/elidedlabel.h"

#include <QEvent>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextEdit>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds frameTime {60};
constexpr qsizetype longestMark = 80; // characters; what is longer is marked at its beginning

/// The place of a part of the last answer in a document: the answer is at its end, so it is counted from there. Null
/// when it is not found, such as while it is still being set in type.
QTextCursor placeOf(QTextDocument *document, const QString &text, TextSpan span)
{
    const QString needle =
        text.mid(span.start, std::min(span.end - span.start, longestMark)).section(u'\n', 0, 0).trimmed();
    if (needle.isEmpty())
        return {};
    const qsizetype fromEnd = QStringView(text).mid(span.start).count(needle);
    QTextCursor place(document);
    place.movePosition(QTextCursor::End);
    for (qsizetype i = 0; i < fromEnd && !place.isNull(); ++i)
        place = document->find(needle, place, QTextDocument::FindBackward | QTextDocument::FindCaseSensitively);
    return place;
}

} // namespace

SchemaVerdict::SchemaVerdict(Conversation &conversation, const QString &paneId, QTextEdit *view, QWidget *parent)
    : QFrame(parent)
    , m_conversation(conversation)
    , m_paneId(paneId)
    , m_view(view)
    , m_line(new ElidedLabel(this))
{
    setObjectName(QStringLiteral("schemaVerdict"));
    setAutoFillBackground(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::normal, 2, spacing::normal, 2);
    row->addWidget(m_line);
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameTime);
    connect(&m_frame, &QTimer::timeout, this, [this] {
        say();
        mark();
    });
    connect(&m_conversation, &Conversation::answerStarted, this, [this](const QString &pane) {
        if (pane != m_paneId)
            return;
        const ChatRequest *request = m_conversation.requestUnderWay(pane);
        begin(request ? request->responseFormat : std::nullopt);
        // What the model was given to continue is part of the answer.
        if (const Answer *given = m_conversation.answerUnderWay(pane); given && m_watch) {
            m_text = given->message.text();
            m_watch->add(m_text);
        }
    });
    connect(&m_conversation, &Conversation::deltaReceived, this, [this](const QString &pane, const ChatDelta &delta) {
        if (pane != m_paneId || !m_watch || delta.choice > 0 || delta.text.isEmpty())
            return;
        m_text += delta.text;
        m_watch->add(delta.text);
        if (!m_frame.isActive())
            m_frame.start();
    });
    connect(&m_conversation, &Conversation::answerFinished, this, [this](const QString &pane) {
        if (pane != m_paneId || !m_watch)
            return;
        m_watch->finish();
        m_frame.start(); // after the last text has been set in type
    });
    connect(&m_conversation, &Conversation::branchShown, this, &SchemaVerdict::showLast);
    const auto showAgain = [this] {
        if (!m_conversation.isRunning(m_paneId))
            showLast();
    };
    connect(&m_conversation, &Conversation::settingsChanged, this, showAgain);
    connect(&m_conversation, &Conversation::paneChanged, this, showAgain);
    hide();
    showLast();
}

QString SchemaVerdict::text() const
{
    return m_line->text();
}

void SchemaVerdict::begin(const std::optional<ResponseFormat> &format)
{
    m_watch.reset();
    m_text.clear();
    m_refusal.clear();
    if (m_isMarked && m_view)
        m_view->setExtraSelections({});
    m_isMarked = false;
    if (format && format->type != ResponseFormat::Type::Text) {
        const bool isAny = format->type == ResponseFormat::Type::JsonObject;
        const QJsonObject any {{QStringLiteral("type"), QStringLiteral("object")}};
        Result<JsonSchema> schema = JsonSchema::compile(isAny ? any : format->schema);
        if (schema)
            m_watch.emplace(std::move(*schema));
        else
            m_refusal = schema.error().message;
    }
    say();
}

/// The last answer by the form that is asked for now: which one it was given is not kept.
void SchemaVerdict::showLast()
{
    const std::vector<Turn> &turns = m_conversation.session().turns;
    const Answer *last = turns.empty() ? nullptr : answerOf(turns.back(), m_paneId);
    if (!last || m_conversation.isRunning(m_paneId) || last->message.text().isEmpty()) {
        begin({});
        return;
    }
    begin(m_conversation.requestFor(m_paneId, {}).responseFormat);
    if (!m_watch)
        return;
    m_text = last->message.text();
    m_watch->add(m_text);
    m_watch->finish();
    m_frame.start();
}

void SchemaVerdict::say()
{
    QString said;
    ThemeColor color = ThemeColor::Muted;
    if (!m_refusal.isEmpty()) {
        said = tr("not checked: %1").arg(m_refusal);
        color = ThemeColor::Warning;
    } else if (m_watch) {
        switch (m_watch->state()) {
        case SchemaWatch::State::Empty:
            said = tr("JSON: nothing yet");
            break;
        case SchemaWatch::State::ValidSoFar:
            said = tr("valid so far");
            break;
        case SchemaWatch::State::Valid:
            said = tr("valid");
            color = ThemeColor::Success;
            break;
        case SchemaWatch::State::Violates:
            said = tr("violates %1").arg(schemaFaultText(m_watch->fault()));
            color = ThemeColor::Danger;
            break;
        case SchemaWatch::State::NotJson:
            said = tr("not JSON from character %1 on").arg(m_watch->span().start + 1);
            color = ThemeColor::Danger;
            break;
        case SchemaWatch::State::Cut:
            said = m_text.isEmpty() ? tr("no JSON") : tr("valid so far, but it ends before the JSON does");
            color = ThemeColor::Warning;
            break;
        }
        const QStringList &unchecked = m_watch->schema().unchecked();
        if (!unchecked.isEmpty())
            said += tr(" · not checked: %1").arg(unchecked.join(QStringLiteral(", ")));
    }
    m_line->setText(said);
    m_line->setAccessibleName(tr("Form of the answer: %1").arg(said));
    const QPalette normal = QGuiApplication::palette();
    QPalette toned;
    toned.setColor(QPalette::WindowText, themeColor(color, normal));
    m_line->setPalette(toned);
    QPalette panel;
    panel.setColor(QPalette::Window, themeColor(ThemeColor::Panel, normal));
    if (palette().color(QPalette::Window) != panel.color(QPalette::Window))
        setPalette(panel);
    setVisible(!said.isEmpty());
}

void SchemaVerdict::mark()
{
    if (!m_view || !m_watch)
        return;
    const bool isWrong =
        m_watch->state() == SchemaWatch::State::Violates || m_watch->state() == SchemaWatch::State::NotJson;
    if (!isWrong)
        return;
    QTextEdit::ExtraSelection mark;
    mark.cursor = placeOf(m_view->document(), m_text, m_watch->span());
    if (mark.cursor.isNull())
        return;
    const QPalette normal = QGuiApplication::palette();
    mark.format.setBackground(themeColor(ThemeColor::DangerSoft, normal));
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(themeColor(ThemeColor::Danger, normal));
    m_view->setExtraSelections({mark});
    m_isMarked = true;
}

void SchemaVerdict::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        say();
        mark();
    }
}

} // namespace diptych
