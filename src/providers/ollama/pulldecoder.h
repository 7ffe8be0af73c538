// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/modelmanager.h"
#include "core/result.h"

#include <memory>
#include <span>

namespace diptych::ollama {

/// Turns the lines of a download into its progress. Pure.
/// Source: Ollama docs/api.md, POST /api/pull.
class PullDecoder
{
public:
    using Delta = PullProgress;
    static constexpr bool hasEndMark = true; ///< isComplete() is the end of the stream

    PullDecoder();
    ~PullDecoder();
    PullDecoder(PullDecoder &&) noexcept;
    PullDecoder &operator=(PullDecoder &&) noexcept;

    /// Valid until the next call. Error::Kind::NotFound when the registry has no such model, Provider for its other
    /// failures, Protocol for what is no line of a download.
    [[nodiscard]] Result<std::span<const PullProgress>> decodeChunk(QByteArrayView json);
    [[nodiscard]] Result<std::span<const PullProgress>> decodeWhole(QByteArrayView json) { return decodeChunk(json); }
    [[nodiscard]] std::span<const PullProgress> finish() { return {}; }
    /// The server said "success".
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] static bool isVisible(const PullProgress &) { return false; }
    /// An error that the server answered with, read once more: see refined() of answerfields.h.
    [[nodiscard]] static Error explained(Error error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::ollama
