// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <QCommandLineParser>

namespace diptych::requestfiles {

/// --tools, --tool-choice, --image, --audio and --response-format: what a request takes from files.
void addOptions(QCommandLineParser &parser);
/// A picture by URL or from a file, which becomes a data: URL. Errors as below.
[[nodiscard]] Result<ImagePart> readImage(const QString &source);
/// Puts them into a request whose last message is the prompt. Errors: InvalidRequest that names the option and the
/// file.
[[nodiscard]] Result<void> apply(const QCommandLineParser &parser, ChatRequest &request);

} // namespace diptych::requestfiles
