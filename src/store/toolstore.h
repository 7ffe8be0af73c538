// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "store/jsonfile.h"

#include <vector>

namespace diptych {

/// One row of a mock: calls whose arguments fit get the result.
struct MockRow {
    /// A JSON object whose members have to be among the arguments, with `*` in its texts for anything; empty: all fit.
    QString arguments {};
    QString result {}; ///< with {{argument}} and {{argument.member}} for what the call said
    bool operator==(const MockRow &) const = default;
};

/// How calls of a tool are answered.
struct ToolAnswer {
    enum class Kind {
        ByHand,
        Fixed, ///< always `text`, filled in like the result of a row
        Table, ///< by the first row that fits; none: by hand
        Recorded, ///< what the same call got before in the session; never asked: by hand
    };
    Kind kind = Kind::ByHand;
    QString text {};
    std::vector<MockRow> rows {};
    bool operator==(const ToolAnswer &) const = default;
};

/// A tool as it is kept for later.
struct LibraryTool {
    Tool tool {};
    ToolAnswer answer {};
    bool operator==(const LibraryTool &) const = default;
};

/// Tools and schemas that are kept for later; names are unique among each.
struct ToolCollection {
    std::vector<LibraryTool> tools {};
    std::vector<ResponseFormat> schemas {}; ///< of type JsonSchema
    bool operator==(const ToolCollection &) const = default;

    [[nodiscard]] const LibraryTool *find(const QString &name) const; ///< null when there is none
};

/// The file of tools and schemas.
class ToolStore
{
public:
    explicit ToolStore(const QString &path);

    /// Empty when there is no file. Errors: Storage.
    [[nodiscard]] Result<ToolCollection> load() const;
    /// Errors: Storage.
    [[nodiscard]] Result<void> save(const ToolCollection &collection) const;

private:
    JsonFile m_file;
};

/// The word for a kind in files: "hand", "fixed", "table", "recorded".
[[nodiscard]] QString toolAnswerKindName(ToolAnswer::Kind kind);
[[nodiscard]] ToolAnswer::Kind toolAnswerKindFromName(QStringView name); ///< ByHand for a word that is not known

} // namespace diptych
