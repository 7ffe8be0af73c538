// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QByteArray>

namespace diptych {

/// The dialect a client speaks with the gateway: routes, bodies, streams and errors differ.
enum class Surface {
    Azure, ///< Azure AI Model Inference API
    OpenAi, ///< OpenAI v1 and Azure OpenAI deployments
    Ollama, ///< Ollama's own API under /api
    Anthropic, ///< Anthropic's Messages API
};

/// An answer in one piece.
struct SurfaceAnswer {
    int status = 200;
    HeaderList headers {};
    QByteArray body {};
};

} // namespace diptych
