// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <QStringList>

#include <vector>

namespace diptych {

/// A parameter of a tool as a row of a form.
struct ToolParameter {
    QString name {};
    QString type {}; ///< string, number, integer, boolean, object, array; empty: any
    QString description {};
    bool isRequired = false;
    QStringList values {}; ///< the allowed ones (`enum`), texts without quotes; empty: all
    QString origin {}; ///< the name that it had when the form was made; empty: a new row
    bool operator==(const ToolParameter &) const = default;
};

/// The part of a tool that a form can show.
struct ToolForm {
    QString name {};
    QString description {};
    std::vector<ToolParameter> parameters {};
    /// Places of the schema that the form does not show, such as "/properties/when/format". They stay as they are.
    QStringList hidden {};
    bool operator==(const ToolForm &) const = default;
};

[[nodiscard]] ToolForm toolForm(const Tool &tool);
/// The tool with what the form says; everything that the form does not show is taken from `tool`.
[[nodiscard]] Tool withForm(const Tool &tool, const ToolForm &form);
/// What prevents a form from being a tool, for people; empty: nothing.
[[nodiscard]] QString toolFormProblem(const ToolForm &form);

/// The tools of a JSON text in any of the forms that people have at hand: a list, a single function, the body of a
/// request. Source: OpenAI `tools`, Anthropic `input_schema`. Errors: InvalidRequest that says what is missing.
[[nodiscard]] Result<std::vector<Tool>> toolsFromJson(const QByteArray &json);

} // namespace diptych
