// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/wordanswer.h"

#include "builtin/guide/dictionary.h"
#include "builtin/guide/wordrelations.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

using About = WordQuestion::About;

constexpr std::size_t mostMeanings = 6;
constexpr std::size_t mostSynonymLines = 4;
constexpr qsizetype mostWords = 12;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::WordAnswer", text);
}

QString partName(WordSense::Part part)
{
    switch (part) {
    case WordSense::Part::Verb:
        return translated("verb");
    case WordSense::Part::Adjective:
        return translated("adjective");
    case WordSense::Part::Adverb:
        return translated("adverb");
    default:
        return translated("noun");
    }
}

/// The answer with its source below it.
GuideAnswer sourced(const QString &text, const QString &plain)
{
    return {.text = text % u"\n\n"
            % translated("From *%1*, a dictionary of English by Princeton University.")
                  .arg(QStringLiteral("WordNet 3.0")),
        .plain = plain,
        .source = QStringLiteral("WordNet 3.0")};
}

GuideAnswer sourced(const QString &text)
{
    return sourced(text, text.section(QStringLiteral("\n\n"), 0, 0));
}

/// The word as the dictionary writes it in this meaning: "Paris" for "paris".
QString written(const WordSense &sense, const QString &word)
{
    const auto found = std::find_if(sense.words.begin(), sense.words.end(),
        [&](const QString &each) { return each.compare(word, Qt::CaseInsensitive) == 0; });
    return found == sense.words.end() ? word : *found;
}

QStringList others(const WordSense &sense, const QString &word)
{
    QStringList words = sense.words;
    words.removeIf([&](const QString &each) { return each.compare(word, Qt::CaseInsensitive) == 0; });
    return words;
}

QStringList firstWords(const Dictionary &dictionary, const std::vector<int> &numbers)
{
    QStringList words;
    for (const WordSense &sense : dictionary.senses(numbers))
        words += sense.words.mid(0, 1);
    words.removeDuplicates();
    return words.mid(0, mostWords);
}

QString bullets(const QStringList &lines)
{
    return QString(u"- " % lines.join(QStringLiteral("\n- ")));
}

/// One meaning as a line: "(noun) what it is, e.g. "…"".
QString meaningLine(const WordSense &sense)
{
    const QString line = QString(u'(' % partName(sense.part) % u") " % sense.definition);
    return sense.example.isEmpty() ? line : QString(line % u" — *“" % sense.example % u"”*");
}

/// A question under way: the word that was found and its meanings.
class WordAnswer
{
public:
    WordAnswer(const Dictionary &dictionary, const WordEntry &entry, bool brief, int rank)
        : m_dictionary(dictionary)
        , m_word(entry.word)
        , m_senses(dictionary.senses(entry.meanings))
        , m_brief(brief)
    {
        const auto first = static_cast<std::ptrdiff_t>(rank);
        if (first < std::ssize(m_senses))
            std::rotate(m_senses.begin(), m_senses.begin() + first, m_senses.end());
    }

    [[nodiscard]] GuideAnswer meaning() const
    {
        const WordSense &first = m_senses.front();
        const QString word = written(first, m_word);
        // "capital of France" asks for its name.
        const bool describes = word.contains(QLatin1String(" of ")) && first.words.value(0) != word;
        const QString head =
            describes ? QString(u"**" % first.words.first() % u"** (" % word % u", ") : QString(u"**" % word % u"** (");
        QString plain = QString(head % partName(first.part) % u"): " % first.definition % u'.');
        if (m_brief)
            return sourced(plain);
        if (m_senses.size() == 1) {
            QString text = plain;
            if (!first.example.isEmpty())
                text += QString(u" *“" % first.example % u"”*");
            const QStringList also = others(first, m_word);
            if (!also.isEmpty())
                text += QString(u"\n\n" % translated("Other words for it: %1.").arg(also.join(QStringLiteral(", "))));
            return sourced(text, plain);
        }
        QStringList lines;
        for (const WordSense &sense : m_senses) {
            if (static_cast<std::size_t>(lines.size()) < mostMeanings)
                lines.push_back(QString(QString::number(lines.size() + 1) % u". " % meaningLine(sense)));
        }
        QString text = QString(u"**" % word % u"**\n\n" % lines.join(u'\n'));
        if (m_senses.size() > mostMeanings)
            text += QString(u"\n\n" % translated("It has %1 meanings in all.").arg(m_senses.size()));
        return sourced(text, plain);
    }

    [[nodiscard]] GuideAnswer synonyms() const
    {
        QStringList lines;
        for (const WordSense &sense : m_senses) {
            QStringList words = others(sense, m_word);
            if (words.size() < 4)
                words += firstWords(m_dictionary, sense.similar);
            words.removeDuplicates();
            words.removeAll(m_word);
            if (!words.isEmpty())
                lines.push_back(
                    QString(u"**" % words.mid(0, mostWords).join(QStringLiteral(", ")) % u"**: " % sense.definition));
        }
        if (lines.isEmpty())
            return sourced(translated("The dictionary has no other word for **%1**.").arg(m_word) % wider());
        return list(translated("Other words for **%1**:").arg(m_word), lines);
    }

    [[nodiscard]] GuideAnswer opposites() const
    {
        QStringList lines;
        for (const WordSense &sense : m_senses) {
            for (const auto &[word, opposite] : sense.opposites) {
                if (word.compare(m_word, Qt::CaseInsensitive) == 0)
                    lines.push_back(QString(
                        u"**" % opposite % u"** — " % translated("where %1 is").arg(word) % u' ' % meaningLine(sense)));
            }
        }
        if (!lines.isEmpty())
            return list(translated("The opposite of **%1**:").arg(m_word), lines);
        for (const WordSense &near : nearSenses()) {
            for (const auto &[word, opposite] : near.opposites) {
                lines.push_back(
                    translated("**%1** is the opposite of %2, which means nearly the same.").arg(opposite, word));
            }
        }
        lines.removeDuplicates();
        if (!lines.isEmpty())
            return list(translated("**%1** has no opposite of its own, but:").arg(m_word), lines);
        return sourced(translated("The dictionary has no opposite of **%1**.").arg(m_word));
    }

    [[nodiscard]] GuideAnswer related(const char *title, std::vector<int> WordSense::*relation, const char *none) const
    {
        const WordSense *fullest = nullptr;
        for (const WordSense &sense : m_senses) {
            // The commonest meaning that has some, unless a later one has many more.
            if (!(sense.*relation).empty() && (!fullest || (sense.*relation).size() > 4 * (fullest->*relation).size()))
                fullest = &sense;
        }
        if (!fullest)
            return sourced(translated(none).arg(m_word));
        const QString heading = translated(title).arg(written(*fullest, m_word)) % u" (" % fullest->definition % u"):";
        const QStringList words = firstWords(m_dictionary, fullest->*relation);
        if (m_brief)
            return sourced(QString(translated(title).arg(m_word) % u": " % words.join(QStringLiteral(", ")) % u'.'));
        return sourced(
            QString(heading % u"\n\n" % bullets(words)), QString(heading % u' ' % words.join(QStringLiteral(", "))));
    }

    [[nodiscard]] GuideAnswer parts() const
    {
        QStringList names;
        for (const WordSense &sense : m_senses)
            names.push_back(partName(sense.part));
        names.removeDuplicates();
        return sourced(translated("**%1** is used as: %2.").arg(m_word, names.join(QStringLiteral(", "))));
    }

    [[nodiscard]] std::optional<GuideAnswer> membership(const QString &asked) const
    {
        const WordEntry other = m_dictionary.find(asked);
        const std::optional<Kinship> kinship = kinshipOf(m_dictionary, m_senses, other.meanings);
        if (!kinship)
            return {};
        QStringList chain;
        for (const WordSense &sense : kinship->chain)
            chain.push_back(sense.words.value(0));
        chain.first() = written(kinship->chain.front(), kinship->kind == Kinship::Kind::Above ? other.word : m_word);
        if (kinship->kind == Kinship::Kind::Below)
            chain.last() = written(kinship->chain.back(), other.word);
        const QString path = chain.join(QStringLiteral(" → "));
        switch (kinship->kind) {
        case Kinship::Kind::Below:
            return sourced(translated("**Yes.** Each is a kind of the next: %1.").arg(path) % defined(*kinship));
        case Kinship::Kind::Above:
            return sourced(
                translated("**Some are.** *%1* is the wider word; each is a kind of the next: %2.").arg(m_word, path)
                % defined(*kinship));
        default:
            return sourced(
                translated(
                    "**No**, as far as the dictionary knows. Each is a kind of the next: %1; *%2* is not among them.")
                    .arg(path, other.word)
                % defined(*kinship));
        }
    }

private:
    [[nodiscard]] QString defined(const Kinship &kinship) const
    {
        const WordSense &sense = kinship.chain.front();
        QString text = m_brief ? QString() : QString(u"\n\n*" % sense.words.value(0) % u"*: " % sense.definition);
        if (!m_brief && !kinship.otherwise.words.isEmpty()) {
            text += QString(u"\n\n"
                % translated("Not so in another meaning of *%1*: %2").arg(m_word, kinship.otherwise.definition));
        }
        return text;
    }

    [[nodiscard]] GuideAnswer list(const QString &heading, const QStringList &lines) const
    {
        if (m_brief || lines.size() == 1)
            return sourced(QString(heading % u' ' % lines.first()));
        return sourced(QString(heading % u"\n\n" % bullets(lines.mid(0, mostSynonymLines))),
            QString(heading % u' ' % lines.first()));
    }

    [[nodiscard]] QString wider() const
    {
        const QStringList words = firstWords(m_dictionary, m_senses.front().kindOf);
        return words.isEmpty() ? QString() : QString(u' ' % translated("A wider word is **%1**.").arg(words.first()));
    }

    [[nodiscard]] std::vector<WordSense> nearSenses() const
    {
        std::vector<WordSense> near;
        for (const WordSense &sense : m_senses) {
            const auto similar = m_dictionary.senses(sense.similar);
            near.insert(near.end(), similar.begin(), similar.end());
        }
        return near;
    }

    const Dictionary &m_dictionary;
    QString m_word;
    std::vector<WordSense> m_senses;
    bool m_brief;
};

GuideAnswer unknownWord(const QString &word)
{
    const QString text = translated("I do not know the word “%1”: my dictionary does not have it.").arg(word);
    return {.text = text, .plain = text};
}

/// "are bald eagles birds": where the first name ends and the second begins is found by what the dictionary has.
std::optional<WordQuestion> split(const Dictionary &dictionary, const WordQuestion &question)
{
    const QStringList words = question.word.split(u' ');
    for (qsizetype size = words.size() - 1; size > 0; --size) {
        const QString first = words.mid(0, size).join(u' ');
        const QString second = words.mid(size).join(u' ');
        if (!dictionary.find(first).word.isEmpty() && !dictionary.find(second).word.isEmpty())
            return WordQuestion {.about = About::IsA, .word = first, .other = second};
    }
    return {};
}

} // namespace

std::optional<GuideAnswer> answerAboutWord(
    const Dictionary &dictionary, const WordQuestion &question, bool brief, int rank)
{
    if (question.about == About::IsA && question.other.isEmpty()) {
        const auto whole = split(dictionary, question);
        return whole ? answerAboutWord(dictionary, *whole, brief, rank) : std::nullopt;
    }
    const WordEntry entry = dictionary.find(question.word);
    if (entry.word.isEmpty())
        return question.ofTheWord ? std::optional(unknownWord(question.word)) : std::nullopt;
    const WordAnswer answer(dictionary, entry, brief, rank);
    switch (question.about) {
    case About::Synonyms:
        return answer.synonyms();
    case About::Opposites:
        return answer.opposites();
    case About::Kinds:
        return answer.related(QT_TRANSLATE_NOOP("diptych::WordAnswer", "Kinds of **%1**"), &WordSense::kinds,
            QT_TRANSLATE_NOOP("diptych::WordAnswer", "The dictionary lists no kinds of **%1**."));
    case About::Above:
        return answer.related(QT_TRANSLATE_NOOP("diptych::WordAnswer", "What **%1** is a kind of"), &WordSense::kindOf,
            QT_TRANSLATE_NOOP("diptych::WordAnswer", "The dictionary puts nothing above **%1**."));
    case About::Parts:
        return answer.related(QT_TRANSLATE_NOOP("diptych::WordAnswer", "Parts of **%1**"), &WordSense::parts,
            QT_TRANSLATE_NOOP("diptych::WordAnswer", "The dictionary lists no parts of **%1**."));
    case About::Wholes:
        return answer.related(QT_TRANSLATE_NOOP("diptych::WordAnswer", "What **%1** is part of"), &WordSense::partOf,
            QT_TRANSLATE_NOOP("diptych::WordAnswer", "The dictionary does not say what **%1** is part of."));
    case About::PartOfSpeech:
        return answer.parts();
    case About::IsA:
        return answer.membership(question.other);
    default:
        return answer.meaning();
    }
}

} // namespace diptych
