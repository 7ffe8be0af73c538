// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <vector>

namespace diptych {

/// One section of the user's guide.
struct GuideSection {
    QString page {}; ///< title of the page it belongs to
    QString title {};
    QString body {}; ///< Markdown
    QString keywords {}; ///< further words that it is found by
    bool operator==(const GuideSection &) const = default;

    /// The first paragraph; with what it announces when it ends in a colon.
    [[nodiscard]] QString firstParagraph() const;
    /// Whether two words that are neighbours in the text are neighbours here.
    [[nodiscard]] bool hasPairOf(const QString &text) const;
};

/// A section found for a question.
struct GuideHit {
    int section = 0; ///< index into sections()
    double score = 0;
    double coverage = 0; ///< 0–1: how much of the question, by weight of its words, the section speaks of
};

/// The user's guide as sections, searchable by BM25 over title, keywords and text.
/// Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
class GuideIndex
{
public:
    /// Reads the pages (Markdown) in this order. Sections begin at # and ##; a comment "also:" holds further keywords,
    /// a comment "defines:" the words whose meaning here the section gives.
    explicit GuideIndex(const QStringList &pages);
    /// The guide that comes with the program.
    [[nodiscard]] static GuideIndex fromResources();

    [[nodiscard]] const std::vector<GuideSection> &sections() const { return m_sections; }
    /// The best sections, best first; empty when no word of the question occurs anywhere.
    [[nodiscard]] std::vector<GuideHit> search(const QString &question, int limit = 5) const;
    /// The section that says what this is in Diptych, by its title or by its comment "defines:"; -1: none does.
    [[nodiscard]] int sectionDefining(const QString &words) const;

private:
    void addPage(const QString &page);
    void noteDefined(const QString &title, const QString &words);
    void addTerms(const QString &text, int weight);
    [[nodiscard]] QString knownTerm(const QString &term) const;
    [[nodiscard]] double inverseFrequency(const QString &term) const;

    struct Posting {
        int section;
        int weight;
    };
    std::vector<GuideSection> m_sections;
    std::vector<int> m_lengths; // summed weights of a section's terms
    QHash<QString, std::vector<Posting>> m_postings;
    std::vector<QSet<QString>> m_defined; // terms, for each section
};

/// The words of a text that say what it is about: lower case, without endings, without the commonest words.
[[nodiscard]] QStringList contentTerms(const QString &text);

} // namespace diptych
