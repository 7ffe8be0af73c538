// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/wordquestion.h"

#include <QRegularExpression>

namespace diptych {

namespace {

using About = WordQuestion::About;

/// A way to ask. `pattern` is for the whole question, in lower case and without politeness; it captures the word first.
struct Form {
    About about;
    bool ofTheWord;
    const char16_t *pattern;
};

constexpr Form forms[] = {
    {About::Synonyms, true,
        uR"(^(?:synonyms?|(?:an(?:other)?|some other|other|different|similar|better|alternative) (?:words?|ways? to say)|words? (?:similar|close|that mean the same)|a word that means the same) (?:for|of|to|as)? ?(.+)$)"},
    {About::Synonyms, true, uR"(^what (?:else )?(?:can|could|should) i (?:say|use|write) instead of (.+)$)"},
    {About::Synonyms, true, uR"(^(?:what means|which word means) the same as (.+)$)"},
    {About::Synonyms, true, uR"(^(.+?)[ '’s]* synonyms?$)"},
    {About::Opposites, true, uR"(^(?:opposites?|antonyms?|contrary|reverse) (?:for|of|to) (.+)$)"},
    {About::Opposites, true, uR"(^(.+?)[ '’s]* (?:antonyms?|opposites?)$)"},
    {About::Kinds, false,
        uR"(^(?:different |some |main |common |the )*(?:kinds?|types?|sorts?|species|varieties|hyponyms?|examples?) of (.+?)(?: (?:are|is) there| exist| do you know)?$)"},
    {About::Above, false,
        uR"(^(?:what |which )?(?:kind|type|sort) of (?:a |an )?(?:thing|animal|plant|creature|word|food|instrument|bird|fish|object|device)? ?(?:is|are) (.+)$)"},
    {About::Above, true, uR"(^(?:hypernyms?|broader (?:words?|terms?)) (?:for|of|to) (.+)$)"},
    {About::Parts, false,
        uR"(^(?:different |some |main |common |the )*(?:parts?|members?|components?|pieces|meronyms?|ingredients) of (.+?)(?: are there)?$)"},
    {About::Parts, false, uR"(^what (?:parts|members|components) (?:does|do) (.+?) (?:have|consist of)$)"},
    {About::Parts, false, uR"(^(?:what (?:is|are) )?(.+?) (?:is |are )?(?:made|composed) (?:up )?of$)"},
    {About::Wholes, false, uR"(^(?:what (?:is|are) )?(.+?) (?:is |are )?(?:a )?(?:part|member)s? of$)"},
    {About::PartOfSpeech, true, uR"(^(?:what |which )?part of speech (?:is|of) (.+)$)"},
    {About::PartOfSpeech, true, uR"(^(?:is|are) (.+?) (?:a |an )?(?:noun|verb|adjective|adverb)(?: or .+)?$)"},
    {About::Meaning, true, uR"(^(?:the |a )?(?:dictionary )?(?:meanings?|definitions?) (?:of|for) (.+)$)"},
    {About::Meaning, true, uR"(^(.+?)[ '’s]* (?:definition|meaning)$)"},
    {About::Meaning, false, uR"(^(?:define|explain|look up) (.+)$)"},
    {About::Meaning, false, uR"(^what (?:does|do|did) (.+?) (?:mean|stand for)$)"},
    {About::Meaning, false, uR"(^what (?:is meant|do you mean|do they mean) by (.+)$)"},
    {About::Meaning, false, uR"(^what (.+?) means?$)"},
    {About::Meaning, false, uR"(^(?:what|who) (.+?) (?:is|are|was|were)$)"},
    {About::Meaning, false, uR"(^(?:what|who)(?: is| are| was| were|['’]s) (.+)$)"},
};

QString withoutPoliteness(const QString &question)
{
    static const QRegularExpression ending(QStringLiteral("(\\s*(please|in english|[?!.,;…]+))+\\s*$"));
    static const QRegularExpression polite(QStringLiteral(
        "^(\\s*(please|hello|hi|hey|so|and|ok|okay|well|then|now|can you|could you|would you|will you|do "
        "you know|i want to know|i would like to know|tell me|show me|give me|list|name|find me|find|what "
        "would be|what is|what's|what are|what're|which are)\\b[,:]?\\s*)+(?=\\S)"));
    static const QRegularExpression kindly(QStringLiteral(
        "^(\\s*(please|hello|hi|hey|so|and|ok|okay|well|then|now|can you|could you|would you|will you|do "
        "you know|i want to know|i would like to know|tell me|show me|give me)\\b[,:]?\\s*)+(?=\\S)"));
    static const QRegularExpression ofWords(QStringLiteral(
        "^(the |a |an |all |some |\\d+ |two |three |four |five |ten )*(?=(different |other |main |common "
        ")*(synonym|antonym|opposite|another word|other word|different word|similar word|word|kinds? "
        "of|types? of|sorts? of|species of|varieties of|examples? of|hyponym|hypernym|meronym|broader|parts? "
        "of|members? of|components? of|ingredients of|pieces of|contrary|reverse|definition|meaning|part of "
        "speech))"));
    QString text = question.toLower().simplified().remove(ending);
    const QString asked = QString(text).remove(polite);
    // "What are the parts of …" loses its beginning, "What is a …" keeps it.
    const auto about = ofWords.match(asked);
    if (about.hasMatch())
        return asked.mid(about.capturedEnd());
    return text.remove(kindly);
}

QString bareWord(QString word, bool &ofTheWord)
{
    static const QRegularExpression naming(
        QStringLiteral("^(the |a |an )?(words?|terms?|name|adjective|verb|noun|adverb|"
                       "expression|phrase) (?=\\S)"));
    static const QRegularExpression article(QStringLiteral("^(a|an|the|any|some) (?=\\S)"));
    static const QRegularExpression quotes(QStringLiteral("[\"“”„«»`*]|^['‘]|['’]$"));
    const auto named = naming.match(word);
    if (named.hasMatch()) {
        word.remove(0, named.capturedLength());
        ofTheWord = true;
    }
    return word.remove(quotes).remove(article).trimmed();
}

std::optional<WordQuestion> membership(const QString &text)
{
    static const QRegularExpression withArticle(QStringLiteral(
        "^(?:is|are|was|were) (.+?) (?:also )?(?:(?:an?|the) )?(?:(?:kind|type|sort|example|species)s? of|an?) "
        "(?:an? )?(.+)$"));
    static const QRegularExpression plain(QStringLiteral("^(?:is|are) ((?:\\S+ ){1,4}\\S+)$"));
    bool ofTheWord = false;
    const auto match = withArticle.match(text);
    if (match.hasMatch() && match.captured(1) != QLatin1String("there")) {
        return WordQuestion {.about = About::IsA,
            .word = bareWord(match.captured(1), ofTheWord),
            .other = bareWord(match.captured(2), ofTheWord)};
    }
    const auto without = plain.match(text);
    if (without.hasMatch())
        return WordQuestion {.about = About::IsA, .word = bareWord(without.captured(1), ofTheWord)};
    return {};
}

} // namespace

std::optional<WordQuestion> wordQuestion(const QString &question)
{
    if (question.size() > 200)
        return {};
    const QString text = withoutPoliteness(question);
    for (const Form &form : forms) {
        const auto match = QRegularExpression(QString::fromUtf16(form.pattern)).match(text);
        if (!match.hasMatch())
            continue;
        bool ofTheWord = form.ofTheWord;
        const QString word = bareWord(match.captured(1), ofTheWord);
        if (!word.isEmpty())
            return WordQuestion {.about = form.about, .word = word, .ofTheWord = ofTheWord};
    }
    if (const auto asked = membership(text))
        return asked;
    static const QRegularExpression oneWord(QStringLiteral("^[\"“]?[\\p{L}'-]+[\"”]?$"));
    bool ofTheWord = false;
    if (oneWord.match(text).hasMatch())
        return WordQuestion {.word = bareWord(text, ofTheWord)};
    return {};
}

} // namespace diptych
