// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace diptych {

/// A value or the Error that prevented it.
template <typename T>
using Result = tl::expected<T, Error>;
/// Builds the failing side of a Result: `return Failure({.kind = …, .message = …});`
using Failure = tl::unexpected<Error>;

} // namespace diptych
