// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/result.h"
#include "gateway/surface.h"

#include <QStringList>

namespace diptych {

/// What a method and path ask for.
struct GatewayPath {
    enum class Operation {
        Health,
        Info,
        ListModels,
        GetModel,
        Chat,
        Complete,
        Embed,
        EmbedImages,
        Version, ///< Ollama: /api/version
        RunningModels, ///< Ollama: /api/ps
        ShowModel, ///< Ollama: /api/show
        Generate, ///< Ollama: /api/generate
        EmbedOne, ///< Ollama: /api/embeddings
        CountTokens, ///< Anthropic: /v1/messages/count_tokens
    };
    Operation operation = Operation::Health;
    Surface surface = Surface::Azure;
    QString model {}; ///< named by the path (deployment, model id) or by the query of /info; empty: the body's
    bool operator==(const GatewayPath &) const = default;
};

/// The percent-decoded, non-empty segments of a path: base URLs with a trailing slash give "//".
[[nodiscard]] QStringList pathSegments(const QByteArray &path);

/// A path of a surface, relative to where the surface begins, and the one method it takes.
struct PathEntry {
    QStringView path;
    GatewayPath::Operation operation;
    bool isGet = false; ///< else POST
};

/// Errors: NotFound (404), Unsupported (405: the path takes another method; providerCode is then the one it takes).
[[nodiscard]] Result<GatewayPath> findEntry(
    std::span<const PathEntry> entries, const QStringList &segments, const QByteArray &method, Surface surface);

[[nodiscard]] Error pathNotFound();
[[nodiscard]] Error wrongMethod(bool takesGet);

} // namespace diptych
