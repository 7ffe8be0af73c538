// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/model.h"

#include <vector>

namespace diptych {

class CapabilityBook;
class Connections;

/// What a conversation holds besides text.
struct ContentKinds {
    bool hasPictures = false;
    bool hasSounds = false;
    bool operator==(const ContentKinds &) const = default;
};
[[nodiscard]] ContentKinds contentKinds(const std::vector<Message> &messages);

/// What a model takes, by what was seen and probed, then by what its endpoint declares, then by its type.
struct ContentAbilities {
    CapabilityState::State pictures = CapabilityState::State::Unknown;
    CapabilityState::State sounds = CapabilityState::State::Unknown;
    bool operator==(const ContentAbilities &) const = default;
};
/// `book` may be null.
[[nodiscard]] ContentAbilities contentAbilities(
    const ModelRef &model, const Connections &connections, const CapabilityBook *book);

/// "llama3.2 takes no pictures", "… neither pictures nor sounds"; empty when nothing is known against it.
[[nodiscard]] QString refusalText(const QString &model, const ContentKinds &content, const ContentAbilities &abilities);

/// The same request for showing while it is written: of pictures and sounds of more than 100 KB only the beginning,
/// with an ellipsis behind it. The request that is sent has them whole.
[[nodiscard]] ChatRequest withShortContent(ChatRequest request);

} // namespace diptych
