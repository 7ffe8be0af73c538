// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace diptych {

/// Fusion, with outlines that can be seen on a dark palette: it derives them from the window's colour by darkening, so
/// that there an empty check box in a list is nothing at all. Standard buttons of dialogs stand like those that we
/// place ourselves: no icons, the one that does it last.
class ThemeStyle : public QProxyStyle
{
    Q_OBJECT
public:
    ThemeStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
        QStyleHintReturn *data = nullptr) const override;
};

} // namespace diptych
