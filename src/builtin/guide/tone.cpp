// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/tone.h"

#include "builtin/guide/guideanswer.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Tone", text);
}

const QRegularExpression &shortness()
{
    static const QRegularExpression expression(
        QStringLiteral(
            "\\b(briefly|be (very )?(brief|concise|short|terse)|brevity|concise(ly)?|terse(ly)?|in short|in a few "
            "words|short (answers?|replies|sentences?)|(keep|make) (it|them|answers?|replies|your answers?) "
            "(very )?(short|brief)|(in|as|with|of) (just |only |exactly )?(one|a single|1) (short "
            ")?(paragraph|line))\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &oneSentence()
{
    static const QRegularExpression expression(QStringLiteral("\\b(in|as|with|of|using) (just |only |exactly |no more "
                                                              "than |at most )?(one|a single|1) (short )?sentences?\\b|"
                                                              "\\bone[- ]sentence (answers?|replies)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &bulleted()
{
    static const QRegularExpression expression(
        QStringLiteral("\\b(in|as|with|use|using|write|into) ((only|a|an) )?(bullet(ed)?( point)?s?( lists?)?|bulleted "
                       "lists?|bullet-points?)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &unformatted()
{
    static const QRegularExpression expression(
        QStringLiteral("\\b(in|as|use|using|only) plain text( only)?\\b|\\b(no|without|not use|don't use|avoid|never "
                       "use) (any )?(markdown|formatting)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &capitals()
{
    static const QRegularExpression expression(
        QStringLiteral("\\b(in|use|using|only|with) (all |only )?(caps|capitals|(capital|upper[- ]?case|block) "
                       "letters|upper[- ]?case)( only)?\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &smallLetters()
{
    static const QRegularExpression expression(
        QStringLiteral(
            "\\b(in|use|using|only|with) (all |only )?((small|lower[- ]?case) letters|lower[- ]?case)( only)?\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

/// Said of the form that `response_format` gives.
const QRegularExpression &jsonWished()
{
    static const QRegularExpression expression(
        QStringLiteral("\\b(as|in|return|reply with|answer with|use) (valid |only |a )?json( only| format| object| "
                       "please)*(?=[\\s.,!?]*$)"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

/// "in French", "like a pirate", "in rhyme": what this model can not do, captured first.
const QRegularExpression &beyond()
{
    static const QRegularExpression expression(
        QStringLiteral(
            "\\b(?:answer|reply|respond|speak|talk|write|say it|translate)\\b[^.!?]{0,30}?\\b((?:in|to|into) "
            "(?:French|German|Spanish|Italian|Portuguese|Dutch|Polish|Russian|Ukrainian|Czech|Greek|Turkish|Arabic|"
            "Hebrew|Hindi|"
            "Chinese|Japanese|Korean|Swedish|Danish|Norwegian|Finnish|Latin|Esperanto|rhymes?|verse|poems?|haikus?|"
            "emojis?)"
            "|like an? [a-z]+|as (?:if you were )?an? (?:pirate|poet|child|robot|cowboy|wizard|king|queen)"
            "|in the (?:style|voice|manner) of [^.!?,]+)"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

const QRegularExpression &framing()
{
    static const QRegularExpression expression(
        QStringLiteral(
            "\\b(begin|start|end|finish|close)\\b[^.!?\"“”]{0,40}\\bwith\\b[^.!?\"“”]{0,20}[\"“]([^\"”]{1,200})[\"”]"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

/// What a message says about the tone, whoever wrote it.
void hear(Tone &tone, const QString &text)
{
    const auto asks = [&](const QRegularExpression &expression) { return expression.match(text).hasMatch(); };
    tone.oneSentence = tone.oneSentence || asks(oneSentence());
    tone.brief = tone.brief || tone.oneSentence || asks(shortness());
    tone.bullets = tone.bullets || asks(bulleted());
    tone.plainText = tone.plainText || asks(unformatted());
    if (asks(capitals()))
        tone.letters = Tone::Case::Upper;
    else if (asks(smallLetters()))
        tone.letters = Tone::Case::Lower;
    const auto wish = beyond().match(text);
    if (wish.hasMatch())
        tone.notPossible = wish.captured(1);
}

/// With what every answer begins and ends; only an instruction says that.
void hearFrames(Tone &tone, const QString &text)
{
    for (auto frames = framing().globalMatch(text); frames.hasNext();) {
        const auto frame = frames.next();
        const QString verb = frame.captured(1).toLower();
        const bool first = verb == QLatin1String("begin") || verb == QLatin1String("start");
        (first ? tone.beginning : tone.ending) = frame.captured(2);
    }
}

/// Where the first sentence of a text ends.
qsizetype sentenceEnd(const QString &text)
{
    static const QRegularExpression end(
        QStringLiteral("(?<!\\be\\.g)(?<!\\bi\\.e)[.!?][*_\"”)]*(?=\\s+(?:[*_\"“(]*\\p{Lu}|`|\\d))"));
    const auto match = end.match(text);
    return match.hasMatch() ? match.capturedEnd() : text.size();
}

bool isList(const QString &paragraph)
{
    static const QRegularExpression item(QStringLiteral("^\\s*([-*+]|\\d+[.)])\\s"));
    return item.match(paragraph).hasMatch() || paragraph.startsWith(u'|') || paragraph.startsWith(QLatin1String("```"));
}

QString asBullets(const QString &answer)
{
    QStringList paragraphs = answer.split(QStringLiteral("\n\n"));
    for (QString &paragraph : paragraphs) {
        if (isList(paragraph) || paragraph.endsWith(u':'))
            continue;
        QStringList items;
        for (QString rest = paragraph; !rest.isEmpty();) {
            const qsizetype end = sentenceEnd(rest);
            items.push_back(QString(u"- " % rest.first(end).trimmed()));
            rest = rest.mid(end).trimmed();
        }
        paragraph = items.join(u'\n');
    }
    // Items of neighbouring paragraphs make one list.
    return paragraphs.join(QStringLiteral("\n\n")).replace(QLatin1String("\n\n- "), QLatin1String("\n- "));
}

QString asPlainText(QString answer)
{
    static const QRegularExpression strong(QStringLiteral("(\\*\\*|__)(?=\\S)(.+?)(?<=\\S)\\1"));
    static const QRegularExpression emphasis(
        QStringLiteral("(?<![\\w*])\\*(?=[^\\s*])([^*\\n]+?)(?<=[^\\s*])\\*(?![\\w*])"));
    static const QRegularExpression link(QStringLiteral("\\[([^\\]]+)\\]\\(([^)]+)\\)"));
    static const QRegularExpression heading(QStringLiteral("^#+ +"), QRegularExpression::MultilineOption);
    static const QRegularExpression fence(QStringLiteral("^```.*\\n?"), QRegularExpression::MultilineOption);
    answer.remove(heading).remove(fence).replace(link, QStringLiteral("\\1 (\\2)"));
    return answer.replace(strong, QStringLiteral("\\2")).replace(emphasis, QStringLiteral("\\1")).remove(u'`');
}

} // namespace

Tone toneOf(const std::vector<Message> &messages)
{
    Tone tone;
    for (const Message &message : messages) {
        if (message.role != Role::System && message.role != Role::Developer)
            continue;
        hear(tone, message.text());
        hearFrames(tone, message.text());
    }
    hear(tone, lastQuestion(messages));
    return tone;
}

QString withoutTone(const QString &question)
{
    QString text = question;
    for (const QRegularExpression &expression :
        {oneSentence(), shortness(), bulleted(), unformatted(), capitals(), smallLetters(), jsonWished()})
        text.remove(expression);
    if (text == question)
        return question;
    static const QRegularExpression left(QStringLiteral("(^[\\s,:;.]+)|((\\s|,|:|;|\\band)+(?=[?!.]*$))"));
    return text.simplified().remove(left).simplified();
}

QString inTone(const QString &answer, const Tone &tone)
{
    QString text = answer;
    if (tone.oneSentence)
        text = text.first(sentenceEnd(text));
    if (tone.bullets)
        text = asBullets(text);
    if (!tone.notPossible.isEmpty()) {
        text += QString(u"\n\n"
            % translated("(You asked for an answer %1. I can not do that: I only quote, in English.)")
                  .arg(tone.notPossible));
    }
    if (tone.plainText)
        text = asPlainText(text);
    if (tone.letters != Tone::Case::AsIs)
        text = tone.letters == Tone::Case::Upper ? text.toUpper() : text.toLower();
    if (!tone.beginning.isEmpty())
        text.prepend(QString(tone.beginning % u' '));
    if (!tone.ending.isEmpty())
        text += QString(u"\n\n" % tone.ending);
    return text;
}

} // namespace diptych
