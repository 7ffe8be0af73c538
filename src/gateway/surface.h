// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QByteArray>

namespace diptych {

/// The dialect a client speaks with the gateway: routes, error bodies and a few fields differ.
enum class Surface {
    Azure, ///< Azure AI Model Inference API
    OpenAi, ///< OpenAI v1 and Azure OpenAI deployments
};

/// An answer in one piece.
struct SurfaceAnswer {
    int status = 200;
    HeaderList headers {};
    QByteArray body {};
};

} // namespace diptych
