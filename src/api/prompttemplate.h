// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"
#include "core/result.h"

#include <QJsonObject>
#include <QStringList>

namespace diptych {

/// The names of the variables and sections that a template uses, each once, in order of appearance.
[[nodiscard]] QStringList templateVariables(const QString &text);

/// Fills in a template: {{name}}, sections {{#list}}…{{/list}} (once for each item; once for an object or anything that
/// is neither false, null nor empty), inverted sections {{^list}}…{{/list}}, comments {{!…}}, paths {{a.b}}, {{.}} for
/// the item itself. Texts are inserted as they are, other values as JSON.
/// Errors: InvalidRequest with the variable's name as parameter when it has no value; InvalidRequest for a section that
/// is not closed and for Jinja statements, which are not understood.
/// Source: mustache(5), without partials, escaping and other delimiters.
[[nodiscard]] Result<QString> fillTemplate(const QString &text, const QJsonObject &values);

/// A template cut into messages at lines that say "system:", "user:", "assistant:" or another role, without filling it
/// in; text before the first such line is a system message. Blank messages are left out.
[[nodiscard]] std::vector<Message> templateMessages(const QString &text);

/// Filled in, then cut into messages as above. A value that contains such a line does not begin a message.
[[nodiscard]] Result<std::vector<Message>> fillMessages(const QString &text, const QJsonObject &values);

} // namespace diptych
