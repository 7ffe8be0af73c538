// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "core/secret.h"

#include <QString>
#include <QStringList>

namespace diptych {

/// What a pasted text contains besides a URL.
struct PastedText {
    QString url {}; ///< without quotes and brackets; empty: none was found
    HeaderList headers {}; ///< of a curl command, without credentials and without what every request has
    Secret bearer {}; ///< from "Authorization: Bearer"
    Secret apiKey {}; ///< from "api-key", "x-api-key" and the like
    QByteArray keyHeader {}; ///< the header that `apiKey` stood in, lower case
    QString userInfo {}; ///< from -u, "name:password"
    QString model {}; ///< from a JSON body
    bool hasPlaceholderKey = false; ///< where the key should be there was "$KEY", "<key>" …
    bool isCommand = false;
};

/// Finds the URL in a text: as it stands, in quotes, in a line of shell, or in a curl command.
[[nodiscard]] PastedText readPastedText(const QString &pasted);

/// True for what documentation writes where a key belongs: "your-key-here", "<key>", "$KEY", "xxx", "sk-...".
[[nodiscard]] bool isPlaceholderText(const QString &text);

/// Splits like a shell: quotes, backslashes, continued lines. No expansion of any kind.
[[nodiscard]] QStringList splitShellWords(const QString &line);

} // namespace diptych
