// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/paneview.h"

#include <QJsonArray>

namespace diptych {

namespace {

constexpr const char *layoutNames[] {"columns", "grid", "table"};

QJsonArray arrayOf(const QRect &rect)
{
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

} // namespace

PaneLayout PaneView::layoutFor(int panes) const
{
    return layout.value_or(panes > mostColumns ? PaneLayout::Table : PaneLayout::Columns);
}

QJsonObject paneViewToJson(const PaneView &view)
{
    QJsonObject json;
    if (view.layout)
        json.insert(QStringLiteral("layout"), QString::fromLatin1(layoutNames[static_cast<int>(*view.layout)]));
    if (!view.scrollsTogether)
        json.insert(QStringLiteral("scrollsTogether"), false);
    if (!view.focused.isEmpty())
        json.insert(QStringLiteral("focused"), view.focused);
    if (!view.current.isEmpty())
        json.insert(QStringLiteral("current"), view.current);
    QJsonArray rows;
    for (const std::vector<int> &row : view.sizes) {
        QJsonArray sizes;
        for (const int size : row)
            sizes.append(size);
        rows.append(sizes);
    }
    if (!rows.isEmpty())
        json.insert(QStringLiteral("sizes"), rows);
    QJsonObject detached;
    for (auto pane = view.detached.begin(); pane != view.detached.end(); ++pane)
        detached.insert(pane.key(), arrayOf(pane.value()));
    if (!detached.isEmpty())
        json.insert(QStringLiteral("detached"), detached);
    return json;
}

PaneView paneViewFromJson(const QJsonObject &json)
{
    PaneView view {.scrollsTogether = json.value(u"scrollsTogether").toBool(true),
        .focused = json.value(u"focused").toString(),
        .current = json.value(u"current").toString()};
    const QString layout = json.value(u"layout").toString();
    for (int kind = 0; kind < static_cast<int>(std::size(layoutNames)); ++kind) {
        if (layout == QLatin1String(layoutNames[kind]))
            view.layout = static_cast<PaneLayout>(kind);
    }
    const QJsonArray rows = json.value(u"sizes").toArray();
    for (const QJsonValue &row : rows) {
        std::vector<int> sizes;
        const QJsonArray values = row.toArray();
        for (const QJsonValue &size : values)
            sizes.push_back(size.toInt());
        view.sizes.push_back(std::move(sizes));
    }
    const QJsonObject detached = json.value(u"detached").toObject();
    for (auto pane = detached.begin(); pane != detached.end(); ++pane) {
        const QJsonArray rect = pane.value().toArray();
        view.detached.insert(
            pane.key(), QRect(rect.at(0).toInt(), rect.at(1).toInt(), rect.at(2).toInt(), rect.at(3).toInt()));
    }
    return view;
}

} // namespace diptych
