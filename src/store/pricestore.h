// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"
#include "store/jsonfile.h"

namespace diptych {

/// One entry of such a file; unset without a model, or with a rate that is negative or not a number.
[[nodiscard]] std::optional<Price> decodePrice(const QJsonObject &object);

/// The user's prices in a JSON file that people may edit.
class PriceStore
{
public:
    explicit PriceStore(const QString &path);

    /// Entries without a model, or with a rate that is negative or not a number, are left out. Errors: Storage. A
    /// damaged file is moved aside, so that the next call succeeds with no prices.
    [[nodiscard]] Result<std::vector<Price>> load() const;
    /// Replaces them all. Errors: Storage.
    [[nodiscard]] Result<void> save(const std::vector<Price> &prices) const;

private:
    JsonFile m_file;
};

} // namespace diptych
