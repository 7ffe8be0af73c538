// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <QCommandLineParser>

namespace diptych::promptsource {

/// --prompt-file, --var and --messages: conversations that were written down.
void addOptions(QCommandLineParser &parser);
/// What a prompt on the command line becomes: with --var a template, which may have lines that say "system:" or "user:"
/// as those of prompt files do; else one message. Errors: InvalidRequest.
[[nodiscard]] Result<std::vector<Message>> messagesOf(const QCommandLineParser &parser, const QString &prompt);
/// What they hold, parameters and model included; an empty request without them. Errors: InvalidRequest that names the
/// option, the file and what is missing.
[[nodiscard]] Result<ChatRequest> read(const QCommandLineParser &parser);

} // namespace diptych::promptsource
