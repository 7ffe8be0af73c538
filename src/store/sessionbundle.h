// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <map>

namespace diptych {

/// A session with everything that is kept of it. The ids of turns and answers hold it together; those of one that is
/// not stored are negative and fall with time.
struct SessionBundle {
    Session session {}; ///< with all its turns; the last of Session::turns ends the branch that is shown
    std::map<qint64, Recording> recordings {}; ///< by the id of the answer
    std::vector<Vote> votes {};
    bool operator==(const SessionBundle &) const = default;
};

} // namespace diptych
