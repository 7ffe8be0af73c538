// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

/// Reading what make_wordmap_corpus.py wrote; the format is described there.
namespace wordmapcorpus {

[[noreturn]] inline void fail(const char *why)
{
    std::fprintf(stderr, "%s\n", why);
    std::exit(1);
}

/// The whole numbers of a line, whatever stands between them.
inline std::vector<std::int64_t> numbersOf(std::string_view line)
{
    std::vector<std::int64_t> numbers;
    const char *end = line.data() + line.size();
    for (const char *at = line.data(); at < end;) {
        std::int64_t number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec == std::errc())
            numbers.push_back(number);
        at = read.ec == std::errc() ? read.ptr : at + 1;
    }
    return numbers;
}

/// Calls `visit` with the lines of a section, which begins with its name and their number.
template <typename Visitor>
void forEachLine(std::istream &in, std::string_view section, Visitor visit)
{
    std::string line;
    std::getline(in, line);
    if (!line.starts_with(section))
        fail("not a corpus");
    for (auto left = numbersOf(line).at(0); left > 0; --left) {
        std::getline(in, line);
        visit(std::string_view(line));
    }
    if (!in)
        fail("the corpus is cut short");
}

} // namespace wordmapcorpus
