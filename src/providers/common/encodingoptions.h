// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/endpoint.h"
#include "core/result.h"

#include <functional>

namespace diptych {

/// What the settings of an endpoint say about how its requests are written.
struct EncodingOptions {
    Adaptation adaptation = Adaptation::Adapt;
    ExtrasMode extrasMode = ExtrasMode::PassThrough; ///< for requests that do not choose
    QJsonObject endpointExtras {};
    QJsonObject modelExtras {};
    QString defaultModel {}; ///< for requests that name none; may be empty
    QString modelDropReason {}; ///< non-empty: the server takes no `model`, and this is why
    QString variant {}; ///< which server of this wire format it is, see ServerVariant; may be empty
    bool includeUsage = true; ///< ask for token counts at the end of a stream
    bool operator==(const EncodingOptions &) const = default;
};

/// `model`: of the request; may be empty.
[[nodiscard]] EncodingOptions encodingOptionsOf(const Endpoint &endpoint, const QString &model);

/// Where an extra parameter goes in the body: a wire path such as "options.top_k", or empty for the root under its own
/// name.
using ExtraPlacement = std::function<QString(const QString &key)>;

/// The last step of every codec whose server has no `extra-parameters` header: refuses what a strict endpoint can not
/// send, and does with the extras of endpoint, model and request what the mode says, as an Azure endpoint would do it:
/// refuse (Error::Kind::Unsupported that names the first), leave out with a line, or write.
/// Errors: Unsupported; InvalidRequest when an extra has the name of a field that is there already.
[[nodiscard]] Result<BodyEncoder> finishBody(BodyEncoder encoder, const QJsonObject &requestExtras,
    std::optional<ExtrasMode> asked, const EncodingOptions &options, const ExtraPlacement &placement = {});

/// The extra that finishBody() will write under this key; undefined when it will not. For codecs that add a field only
/// where nobody has set it.
[[nodiscard]] QJsonValue writtenExtra(const QString &key, const QJsonObject &requestExtras,
    std::optional<ExtrasMode> asked, const EncodingOptions &options);

/// Writes the extras of endpoint, model and request, whatever the mode. Errors: InvalidRequest as above.
[[nodiscard]] Result<QStringList> writeExtras(BodyEncoder &encoder, const QJsonObject &requestExtras,
    const EncodingOptions &options, const ExtraPlacement &placement = {});

} // namespace diptych
