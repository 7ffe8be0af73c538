// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "fakeserver.h"

#include <QByteArray>

#include <vector>

namespace diptych::test {

/// What the contract test has to know of a provider: how its server says things. A further provider is one more row.
struct WireFormat {
    const char *name = "";
    Endpoint::Kind kind = Endpoint::Kind::OpenAiCompatible;
    QString native {}; ///< with Endpoint::Kind::Native
    QByteArray streamType {}; ///< content type of a streamed answer
    std::vector<QByteArray> chatPieces {}; ///< a stream that says "Hel", "lo", without its end; one frame each
    QByteArray chatEnd {}; ///< the frames that end it well
    QByteArray chatError {}; ///< a frame that reports an error of the provider
    QByteArray chatBadJson {}; ///< a frame that is not JSON
    QByteArray chatWrongType {}; ///< a frame with a string where an object has to be
    QByteArray chatWhole {}; ///< "Hello" as one body
    std::vector<QByteArray> completionPieces {}; ///< empty: the format has no completions
    QByteArray completionEnd {};
    QByteArray embeddings {}; ///< empty: the format has none; two rows of two dimensions: 1, 2 and 3, 4
    QByteArray info {}; ///< of the model "m"
    QByteArray models {}; ///< first model "m"
    bool hasImageEmbeddings = false;
};

[[nodiscard]] const std::vector<WireFormat> &wireFormats();
/// Those with a folder of their own here; written by CMake.
[[nodiscard]] std::vector<WireFormat> nativeFormats();

} // namespace diptych::test
