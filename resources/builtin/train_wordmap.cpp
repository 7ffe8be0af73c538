// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Learns word vectors from what make_wordmap_corpus.py wrote: skip-gram with negative sampling over random walks from
// meaning to meaning, and over sentences. One thread, no library but the standard one, the same bytes on every machine
// that rounds as IEEE 754 says.
//
// Source: T. Mikolov et al., "Distributed Representations of Words and Phrases and their Compositionality", 2013;
// J. Goikoetxea, A. Soroa, E. Agirre, "Random Walks and Neural Network Language Models on Knowledge Bases", 2015.
//
// usage: train_wordmap CORPUS OUT [MILLIONS OF WORDS]
#include "wordmapcorpus.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

using namespace wordmapcorpus;

namespace {

constexpr int dimensions = 256;
constexpr int window = 5;
constexpr int negatives = 6;
constexpr float firstRate = 0.03F;
constexpr double subsampling = 1e-4;
constexpr double goOn = 0.85; // from one meaning of a walk to the next
constexpr double stay = 0.15; // at the same meaning for one more word
constexpr double nameShare = 0.7; // of the words of a walk, less where the names mostly mean other things
constexpr double textShare = 0.15; // of the words are of sentences

class Random
{
public:
    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t bits = (m_state ^ (m_state >> 30)) * 0xbf58476d1ce4e5b9ULL;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
        return bits ^ (bits >> 31);
    }
    std::uint64_t below(std::uint64_t bound) { return (next() >> 32) * bound >> 32; }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::uint64_t m_state = 20060101;
};

constexpr double whole = 1000; // what a weight of one is written as

/// Numbers with weights, to draw from.
class Urn
{
public:
    void add(int what, std::int64_t weight)
    {
        m_total += weight;
        m_what.push_back(what);
        m_upTo.push_back(m_total);
    }
    [[nodiscard]] bool isEmpty() const { return m_total == 0; }
    /// How much of a whole the weights are, at most all of it.
    [[nodiscard]] double share() const { return std::min(1.0, static_cast<double>(m_total) / whole); }
    [[nodiscard]] int draw(Random &random) const
    {
        const auto at = static_cast<std::int64_t>(random.unit() * static_cast<double>(m_total));
        return m_what[static_cast<std::size_t>(std::upper_bound(m_upTo.begin(), m_upTo.end(), at) - m_upTo.begin())];
    }

private:
    std::vector<int> m_what;
    std::vector<std::int64_t> m_upTo;
    std::int64_t m_total = 0;
};

struct Node {
    Urn names;
    Urn describing;
    Urn links;
};

struct Corpus {
    std::vector<std::string> words;
    Urn starts;
    std::vector<Node> nodes;
    std::vector<std::vector<int>> sentences;
};

Urn urnOf(std::string_view part)
{
    Urn urn;
    const auto numbers = numbersOf(part);
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2)
        urn.add(static_cast<int>(numbers[i]), numbers[i + 1]);
    return urn;
}

void addNode(Corpus &corpus, std::string_view line)
{
    std::array<std::string_view, 4> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto end = std::min(line.find('|'), line.size());
        parts[i] = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    const Node node {urnOf(parts[1]), urnOf(parts[2]), urnOf(parts[3])};
    if (!node.names.isEmpty() || !node.describing.isEmpty())
        corpus.starts.add(static_cast<int>(corpus.nodes.size()), numbersOf(parts[0]).at(0));
    corpus.nodes.push_back(node);
}

Corpus read(const char *path)
{
    std::ifstream in(path);
    Corpus corpus;
    forEachLine(in, "words", [&](auto line) { corpus.words.emplace_back(line.substr(0, line.find(' '))); });
    forEachLine(in, "forms", [](auto) {});
    forEachLine(in, "nodes", [&](auto line) { addNode(corpus, line); });
    forEachLine(in, "sentences", [&](auto line) {
        const auto numbers = numbersOf(line);
        if (numbers.size() > 1)
            corpus.sentences.emplace_back(numbers.begin(), numbers.end());
    });
    return corpus;
}

/// Walks and sentences, in turn by chance.
class Stream
{
public:
    explicit Stream(const Corpus &corpus)
        : m_corpus(corpus)
        , m_order(corpus.sentences.size())
    {
        for (std::size_t i = 0; i < m_order.size(); ++i)
            m_order[i] = i;
        for (std::size_t i = m_order.size(); i > 1; --i)
            std::swap(m_order[i - 1], m_order[m_random.below(i)]);
    }
    Random &random() { return m_random; }
    void next(std::vector<int> &words)
    {
        words.clear();
        const bool isText = static_cast<double>(m_ofText) <= textShare * static_cast<double>(m_all);
        if (isText)
            words = m_corpus.sentences[m_order[m_next++ % m_order.size()]];
        else
            walk(words);
        m_all += words.size();
        m_ofText += isText ? words.size() : 0;
    }

private:
    void walk(std::vector<int> &words)
    {
        for (int at = m_corpus.starts.draw(m_random);;) {
            const Node &node = m_corpus.nodes[static_cast<std::size_t>(at)];
            const bool names = node.describing.isEmpty() || m_random.unit() < nameShare * node.names.share();
            const Urn &urn = names ? node.names : node.describing;
            if (!urn.isEmpty())
                words.push_back(urn.draw(m_random));
            if (m_random.unit() >= goOn)
                return;
            if (m_random.unit() < stay)
                continue;
            if (node.links.isEmpty())
                return;
            at = node.links.draw(m_random);
        }
    }

    const Corpus &m_corpus;
    Random m_random;
    std::vector<std::size_t> m_order;
    std::size_t m_next = 0;
    std::size_t m_all = 0;
    std::size_t m_ofText = 0;
};

using Lanes [[gnu::vector_size(16)]] = float;
constexpr int lanes = dimensions / 4;
using Row = std::array<Lanes, lanes>;

float dot(const Row &a, const Row &b)
{
    std::array<Lanes, 4> sums {};
    for (std::size_t i = 0; i < lanes; i += 4) {
        for (std::size_t j = 0; j < 4; ++j)
            sums[j] += a[i + j] * b[i + j];
    }
    const Lanes sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void addTimes(Row &to, const Row &row, float factor)
{
    const Lanes factors {factor, factor, factor, factor};
    for (std::size_t i = 0; i < lanes; ++i)
        to[i] += factors * row[i];
}

class Sigmoid
{
public:
    Sigmoid()
    {
        for (std::size_t i = 0; i < m_values.size(); ++i)
            m_values[i] = static_cast<float>(1 / (1 + std::exp(-(static_cast<double>(i) - half) / steps)));
    }
    float operator()(float x) const
    {
        const float at = std::clamp(x * steps + half, 0.0F, 2.0F * half - 1);
        return m_values[static_cast<std::size_t>(at)];
    }

private:
    static constexpr int steps = 128; // to a unit
    static constexpr int half = 8 * steps;
    std::array<float, 2 * half> m_values {};
};

class Trainer
{
public:
    Trainer(const Corpus &corpus, double words)
        : m_stream(corpus)
        , m_wanted(words)
        , m_in(corpus.words.size())
        , m_out(corpus.words.size())
        , m_keep(corpus.words.size())
    {
        for (Row &row : m_in) {
            for (Lanes &four : row) {
                for (int i = 0; i < 4; ++i)
                    four[i] = static_cast<float>((m_stream.random().unit() - 0.5) / dimensions);
            }
        }
        count();
    }

    const std::vector<Row> &train()
    {
        std::vector<int> words;
        double told = 0;
        while (m_seen < m_wanted) {
            m_stream.next(words);
            m_seen += static_cast<double>(words.size());
            std::erase_if(
                words, [&](int word) { return m_stream.random().unit() > m_keep[static_cast<std::size_t>(word)]; });
            m_rate = firstRate * static_cast<float>(std::max(1 - m_seen / m_wanted, 1e-3));
            for (std::size_t i = 0; i < words.size(); ++i)
                learn(words, i);
            if (m_seen > told + m_wanted / 100) {
                told = m_seen;
                std::fprintf(stderr, "\r%.0f %%", 100 * told / m_wanted);
            }
        }
        return m_in;
    }

private:
    void count()
    {
        std::vector<double> counts(m_keep.size(), 1);
        double total = 0;
        for (std::vector<int> words; total < 1e7; total += static_cast<double>(words.size())) {
            m_stream.next(words);
            for (const int word : words)
                ++counts[static_cast<std::size_t>(word)];
        }
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const double root = std::sqrt(counts[i]);
            m_noise.add(static_cast<int>(i), static_cast<std::int64_t>(1000 * root * std::sqrt(root)));
            const double share = counts[i] / total / subsampling;
            m_keep[i] = (std::sqrt(share) + 1) / share;
        }
        for (int &word : m_drawn)
            word = m_noise.draw(m_stream.random());
    }

    /// The same strangers for all neighbours of a word: they stay in the cache.
    void learn(const std::vector<int> &words, std::size_t at)
    {
        const std::size_t reach = 1 + m_stream.random().below(window);
        const std::size_t first = at < reach ? 0 : at - reach;
        const std::size_t last = std::min(at + reach + 1, words.size());
        std::array<int, negatives + 1> targets {words[at]};
        for (std::size_t i = 1; i < targets.size(); ++i)
            targets[i] = m_drawn[m_stream.random().below(m_drawn.size())];
        for (std::size_t i = first; i < last; ++i) {
            if (i != at && words[i] != words[at])
                learnPair(m_in[static_cast<std::size_t>(words[i])], targets);
        }
    }

    void learnPair(Row &in, const std::array<int, negatives + 1> &targets)
    {
        Row change {};
        for (std::size_t i = 0; i < targets.size(); ++i) {
            if (i > 0 && targets[i] == targets[0])
                continue;
            Row &out = m_out[static_cast<std::size_t>(targets[i])];
            const float step = ((i == 0 ? 1.0F : 0.0F) - m_sigmoid(dot(in, out))) * m_rate;
            addTimes(change, out, step);
            addTimes(out, in, step);
        }
        addTimes(in, change, 1);
    }

    Stream m_stream;
    double m_wanted;
    double m_seen = 0;
    float m_rate = firstRate;
    std::vector<Row> m_in;
    std::vector<Row> m_out;
    std::vector<double> m_keep; // how probably a word is not passed over
    Urn m_noise;
    std::vector<int> m_drawn = std::vector<int>(1 << 22); // from m_noise
    Sigmoid m_sigmoid;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3)
        fail("usage: train_wordmap CORPUS OUT [MILLIONS OF WORDS]");
    const Corpus corpus = read(argv[1]);
    Trainer trainer(corpus, 1e6 * (argc > 3 ? std::atof(argv[3]) : 120));
    const auto &rows = trainer.train();
    std::ofstream out(argv[2], std::ios::binary);
    out.write(reinterpret_cast<const char *>(rows.data()), static_cast<std::streamsize>(rows.size() * sizeof(Row)));
    return out ? 0 : 1;
}
