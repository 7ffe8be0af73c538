// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace diptych {

/// One meaning and the words for it.
struct WordSense {
    enum class Part { Noun, Verb, Adjective, Adverb };
    int number = -1; ///< in the dictionary; -1: none
    Part part = Part::Noun;
    QStringList words {}; ///< as they are written, the commonest first
    QString definition {};
    QString example {}; ///< empty: there is none
    std::vector<int> kindOf {}; ///< numbers of the meanings above it
    std::vector<int> kinds {}; ///< … below it, those that matter most first; for verbs the ways to do it
    std::vector<int> parts {}; ///< parts, members and substances of it
    std::vector<int> partOf {};
    std::vector<int> similar {}; ///< of adjectives
    std::vector<std::pair<QString, QString>> opposites {}; ///< one of the words, and its opposite
    bool operator==(const WordSense &) const = default;
};

/// A word of the dictionary.
struct WordEntry {
    QString word {}; ///< the form that was found, in lower case: "mouse" for "mice"; empty: the word is not there
    std::vector<int> meanings {}; ///< numbers, the commonest first
    bool operator==(const WordEntry &) const = default;
};

/// A dictionary of English in compressed blocks: a look-up inflates one block of words and one for each meaning that is
/// read, and keeps neither. Words that are not there have no meanings; damaged data has none at all.
class Dictionary
{
public:
    /// The file that `resources/builtin/make_dictionary.py` writes; its bytes have to outlive this.
    explicit Dictionary(const QByteArray &data);
    /// The dictionary that comes with the program.
    [[nodiscard]] static Dictionary fromResources();

    /// Plurals, past and other regular and irregular forms are found as well.
    [[nodiscard]] WordEntry find(const QString &word) const;
    [[nodiscard]] WordSense sense(int number) const;
    [[nodiscard]] std::vector<WordSense> senses(const std::vector<int> &numbers) const;

private:
    [[nodiscard]] QByteArray block(std::size_t index) const;
    [[nodiscard]] QByteArray line(const QByteArray &word) const;

    QByteArray m_data;
    qsizetype m_blocksStart = 0;
    std::size_t m_wordBlocks = 0;
    std::size_t m_sensesInBlock = 1;
    std::vector<quint32> m_offsets {}; // of the blocks: those of words, then those of senses
    QList<QByteArray> m_firstWords {}; // of each block of words
};

} // namespace diptych
