// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QRect>
#include <QString>

#include <optional>
#include <vector>

namespace diptych {

enum class PaneLayout {
    Columns, ///< one beside the other, each scrolls for itself
    Grid, ///< rows and columns, each scrolls for itself
    Table, ///< a column for each pane, a row for each turn; all scroll together
};

/// How the panes of a session are shown; kept in Session::view under "panes".
struct PaneView {
    std::optional<PaneLayout> layout {}; ///< unset: by the number of panes
    bool scrollsTogether = true; ///< in columns; a table always does
    QString focused {}; ///< the pane that has all the room; empty: none
    QString current {};
    std::vector<std::vector<int>> sizes {}; ///< widths in each row; empty: equal
    QHash<QString, QRect> detached {}; ///< panes with windows of their own, and where they are
    bool operator==(const PaneView &) const = default;

    static constexpr int mostColumns = 5; ///< more panes than that make a table, unless another layout is chosen
    [[nodiscard]] PaneLayout layoutFor(int panes) const;
};

[[nodiscard]] QJsonObject paneViewToJson(const PaneView &view);
/// What is missing or wrong becomes the default.
[[nodiscard]] PaneView paneViewFromJson(const QJsonObject &json);

} // namespace diptych
