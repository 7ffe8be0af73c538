// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/guideindex.h"

#include "builtin/builtindata.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <map>

namespace diptych {

namespace {

const QSet<QString> &commonWords()
{
    static const QSet<QString> words = [] {
        const QString list =
            QStringLiteral("a about again all am an and any are as at be been but by can could did do does doing don "
                           "for from get give had has have he her him his how i if in into is it its just know let "
                           "like many may me mean might more most much must my need no not of off on one only or "
                           "other our out over please s she should so some such t tell than that the their them then "
                           "there these they thing this those to too up us use used using very want was way we were "
                           "what when where whether which while who whom whose why will with work would you your "
                           "happen here explain describe show ok say");
        const QStringList split = list.split(u' ');
        return QSet<QString>(split.begin(), split.end());
    }();
    return words;
}

/// Takes the commonest endings off, so that "panes" and "pane", "swapping" and "swap" meet.
QString stemmed(QString word)
{
    if (word.size() > 5 && word.endsWith(QLatin1String("ies")))
        return QString(word.chopped(3) % u'y');
    if (word.size() > 3 && word.endsWith(u's') && !word.endsWith(QLatin1String("ss")))
        word.chop(1);
    for (const QLatin1String ending : {QLatin1String("ing"), QLatin1String("ed")}) {
        if (word.size() < ending.size() + 3 || !word.endsWith(ending))
            continue;
        word.chop(ending.size());
        const QChar last = word.back();
        if (last == word[word.size() - 2] && last != u'l' && last != u's')
            word.chop(1);
        break;
    }
    if (word.size() > 3 && word.endsWith(u'e'))
        word.chop(1);
    return word;
}

/// True when one letter has to be changed, added, left out or swapped with its neighbour at most.
bool isOneSlipAway(QStringView a, QStringView b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1)
        return false;
    qsizetype same = 0;
    while (same < a.size() && a[same] == b[same])
        ++same;
    const QStringView restA = a.mid(same);
    const QStringView restB = b.mid(same);
    if (a.size() < b.size())
        return restA == restB.mid(1);
    const bool swapped =
        restA.size() > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA.mid(2) == restB.mid(2);
    return swapped || restA.mid(1) == restB.mid(1);
}

} // namespace

QStringList contentTerms(const QString &text)
{
    static const QRegularExpression word(QStringLiteral("[\\p{L}\\p{N}]+"));
    QStringList terms;
    // The program's name in the command's name says nothing about what a text is about.
    const QString lower = text.toLower().replace(QLatin1String("diptych-cli"), QLatin1String("cli"));
    for (auto matches = word.globalMatch(lower); matches.hasNext();) {
        const QString found = matches.next().captured();
        if (!commonWords().contains(found))
            terms.push_back(stemmed(found));
    }
    // A name such as max_tokens also counts as a whole, beside its parts.
    static const QRegularExpression identifier(QStringLiteral("[\\p{L}\\p{N}]+(?:_[\\p{L}\\p{N}]+)+"));
    for (auto matches = identifier.globalMatch(lower); matches.hasNext();)
        terms.push_back(matches.next().captured());
    return terms;
}

QString GuideSection::firstParagraph() const
{
    qsizetype end = body.indexOf(QLatin1String("\n\n"));
    if (end > 0 && body.at(end - 1) == u':')
        end = body.indexOf(QLatin1String("\n\n"), end + 2);
    return end < 0 ? body : body.first(end);
}

bool GuideSection::hasPairOf(const QString &text) const
{
    const QStringList own = contentTerms(QString(title % u' ' % keywords % u' ' % body));
    const QStringList asked = contentTerms(text);
    for (qsizetype i = 1; i < asked.size(); ++i) {
        for (qsizetype at = own.indexOf(asked[i], 1); at > 0; at = own.indexOf(asked[i], at + 1)) {
            if (own[at - 1] == asked[i - 1])
                return true;
        }
    }
    return false;
}

GuideIndex::GuideIndex(const QStringList &pages)
{
    for (const QString &page : pages)
        addPage(page);
}

GuideIndex GuideIndex::fromResources()
{
    loadBuiltinData();
    QStringList pages;
    const QDir folder(QStringLiteral(":/guide"));
    for (const QString &name : folder.entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            pages.push_back(QString::fromUtf8(file.readAll()));
    }
    return GuideIndex(pages);
}

void GuideIndex::addPage(const QString &page)
{
    static const QRegularExpression comment(QStringLiteral("<!--(?:\\s*also:([^>]*))?[^>]*-->\\n?"));
    static const QRegularExpression definitions(QStringLiteral("<!--\\s*defines:([^>]*)-->"));
    static const QRegularExpression heading(QStringLiteral("^##? +(.+)$"), QRegularExpression::MultilineOption);
    QString pageTitle;
    auto matches = heading.globalMatch(page);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype end = matches.hasNext() ? matches.peekNext().capturedStart() : page.size();
        QString body = page.mid(match.capturedEnd(), end - match.capturedEnd());
        const QString keywords = comment.match(body).captured(1);
        noteDefined(match.captured(1), definitions.match(body).captured(1));
        body.remove(comment);
        if (pageTitle.isEmpty())
            pageTitle = match.captured(1);
        m_sections.push_back(
            {.page = pageTitle, .title = match.captured(1), .body = body.trimmed(), .keywords = keywords});
        m_lengths.push_back(0);
        addTerms(match.captured(1), 4);
        addTerms(keywords, 3);
        addTerms(pageTitle, 1);
        addTerms(m_sections.back().body, 1);
    }
}

void GuideIndex::noteDefined(const QString &title, const QString &words)
{
    const QStringList terms = contentTerms(words);
    const QStringList titleTerms = contentTerms(title);
    m_defined.emplace_back(terms.begin(), terms.end());
    if (titleTerms.size() == 1)
        m_defined.back().insert(titleTerms.first());
}

int GuideIndex::sectionDefining(const QString &words) const
{
    const QStringList terms = contentTerms(words);
    const auto found = std::find_if(m_defined.begin(), m_defined.end(), [&](const QSet<QString> &defined) {
        return std::all_of(terms.begin(), terms.end(), [&](const QString &term) { return defined.contains(term); });
    });
    return terms.isEmpty() || found == m_defined.end() ? -1 : static_cast<int>(found - m_defined.begin());
}

void GuideIndex::addTerms(const QString &text, int weight)
{
    const int section = static_cast<int>(m_sections.size()) - 1;
    for (const QString &term : contentTerms(text)) {
        auto &postings = m_postings[term];
        if (postings.empty() || postings.back().section != section)
            postings.push_back({section, 0});
        postings.back().weight += weight;
        m_lengths.back() += weight;
    }
}

QString GuideIndex::knownTerm(const QString &term) const
{
    if (m_postings.contains(term) || term.size() < 5)
        return term;
    for (auto entry = m_postings.keyBegin(); entry != m_postings.keyEnd(); ++entry) {
        if (entry->size() >= 5 && isOneSlipAway(*entry, term))
            return *entry;
    }
    return term;
}

double GuideIndex::inverseFrequency(const QString &term) const
{
    const auto postings = m_postings.constFind(term);
    const double containing = postings == m_postings.cend() ? 0 : static_cast<double>(postings->size());
    const auto total = static_cast<double>(m_sections.size());
    return std::log(1 + (total - containing + 0.5) / (containing + 0.5));
}

std::vector<GuideHit> GuideIndex::search(const QString &question, int limit) const
{
    constexpr double saturation = 1.2;
    constexpr double lengthShare = 0.4;
    QStringList terms = contentTerms(question.left(4000));
    terms.removeDuplicates();
    double averageLength = 0;
    for (const int length : m_lengths)
        averageLength += static_cast<double>(length) / static_cast<double>(m_lengths.size());

    std::map<int, GuideHit> hits;
    double wholeWeight = 0;
    for (const QString &asked : terms) {
        const QString term = knownTerm(asked);
        const double wholeShare = inverseFrequency(term);
        wholeWeight += wholeShare;
        // What may be a slip of the pen may be another word as well.
        const double weight = term == asked ? wholeShare : 0.7 * wholeShare;
        for (const Posting &posting : m_postings.value(term)) {
            const double length = m_lengths[static_cast<std::size_t>(posting.section)] / averageLength;
            const double count = posting.weight;
            GuideHit &hit = hits[posting.section];
            hit.section = posting.section;
            hit.score +=
                weight * count * (saturation + 1) / (count + saturation * (1 - lengthShare + lengthShare * length));
            hit.coverage += weight;
        }
    }
    std::vector<GuideHit> best;
    for (auto &[section, hit] : hits) {
        hit.coverage /= wholeWeight;
        // Of sections that fit alike, the one that opens its page says the general thing.
        const GuideSection &found = m_sections[static_cast<std::size_t>(section)];
        if (found.title == found.page)
            hit.score *= 1.15;
        best.push_back(hit);
    }
    std::stable_sort(best.begin(), best.end(), [](const GuideHit &a, const GuideHit &b) { return a.score > b.score; });
    best.resize(std::min(best.size(), static_cast<std::size_t>(limit)));
    return best;
}

} // namespace diptych
