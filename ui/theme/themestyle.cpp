// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/themestyle.h"

#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QPainter>
#include <QStyleOption>

namespace diptych {

ThemeStyle::ThemeStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void ThemeStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    // The check boxes of item views come here as PE_IndicatorCheckBox, too.
    const bool isIndicator = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
    if (!isIndicator || !isDark(option->palette))
        return;
    const bool isEnabled = option->state.testFlag(State_Enabled);
    painter->save();
    painter->setPen(isEnabled ? themeColor(ThemeColor::Faint, option->palette)
                              : option->palette.color(QPalette::Disabled, QPalette::Text));
    painter->setBrush(Qt::NoBrush);
    if (element == PE_IndicatorRadioButton) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->drawEllipse(QRectF(option->rect).adjusted(1.5, 1.5, -1.5, -1.5));
    } else {
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

int ThemeStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    if (hint == SH_DialogButtonLayout)
        return QDialogButtonBox::GnomeLayout;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace diptych
