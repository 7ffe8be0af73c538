// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/traitchips.h"

#include "theme/theme.h"
#include "widgets/flowlayout.h"

#include <QAbstractButton>
#include <QPainter>

namespace diptych {

namespace {

constexpr int sidePadding = 7;
constexpr int topPadding = 2;

class Chip : public QAbstractButton
{
public:
    Chip(const QString &text, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        QFont small = font();
        small.setPointSizeF(small.pointSizeF() * 0.9);
        setFont(small);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 2 * sidePadding, fontMetrics().height() + 2 * topPadding};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        const QColor accent = themeColor(ThemeColor::Accent, palette());
        painter.setPen(isChecked() || hasFocus() ? accent : themeColor(ThemeColor::Border, palette()));
        painter.setBrush(
            isChecked() || underMouse() ? themeColor(ThemeColor::AccentSoft, palette()) : QColor(Qt::transparent));
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2);
        painter.setPen(isChecked() ? palette().color(QPalette::Text) : themeColor(ThemeColor::Muted, palette()));
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
};

} // namespace

TraitChips::TraitChips(QWidget *parent)
    : QWidget(parent)
{
    auto *flow = new FlowLayout(spacing::tight, this);
    for (const ModelTrait trait : allModelTraits()) {
        auto *chip = new Chip(modelTraitName(trait), this);
        chip->setObjectName(QStringLiteral("trait-%1").arg(static_cast<int>(trait)));
        chip->setAccessibleName(tr("Only models with: %1").arg(modelTraitName(trait)));
        chip->setToolTip(chip->accessibleName());
        chip->hide();
        connect(chip, &QAbstractButton::toggled, this, [this] { Q_EMIT chosenChanged(chosen()); });
        flow->addWidget(chip);
        m_chips.push_back(chip);
    }
    hide();
}

void TraitChips::offer(ModelTraits traits)
{
    bool isAny = false;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const bool isOffered = traits.testFlag(allModelTraits()[i]) || m_chips[i]->isChecked();
        m_chips[i]->setVisible(isOffered);
        isAny = isAny || isOffered;
    }
    setVisible(isAny);
    updateGeometry();
}

ModelTraits TraitChips::chosen() const
{
    ModelTraits traits;
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        traits.setFlag(allModelTraits()[i], m_chips[i]->isChecked());
    return traits;
}

} // namespace diptych
