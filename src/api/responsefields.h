// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diptych {

/// Takes what a delta says of the response as a whole; chats and completions have the same members.
template <typename Response, typename Delta>
void takeResponseFields(Response &response, const Delta &delta)
{
    if (!delta.id.isEmpty())
        response.id = delta.id;
    if (!delta.model.isEmpty())
        response.model = delta.model;
    if (delta.created != 0)
        response.created = delta.created;
    if (delta.usage)
        response.usage = delta.usage;
}

} // namespace diptych
