// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace diptych {

/// A question about a word or a thing that a dictionary may answer.
struct WordQuestion {
    enum class About { Meaning, Synonyms, Opposites, Kinds, Above, Parts, Wholes, IsA, PartOfSpeech };
    About about = About::Meaning;
    QString word {}; ///< without article and quotes
    QString other {}; ///< with IsA: what the word may be a kind of; empty: to be split off `word`
    /// It asks about the word itself ("synonyms of key", "define the word token"), not what a thing is in Diptych.
    bool ofTheWord = false;
    bool operator==(const WordQuestion &) const = default;
};

/// Reads "What is a platypus?", "another word for happy", "Is a whale a mammal?" and their like. Unset: none of these.
[[nodiscard]] std::optional<WordQuestion> wordQuestion(const QString &question);

} // namespace diptych
