// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/overlaybar.h"

#include "theme/theme.h"
#include "widgets/elidedlabel.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QShortcut>
#include <QToolButton>

namespace diptych {

QString overlayName(Overlay overlay)
{
    switch (overlay) {
    case Overlay::Diff:
        return QStringLiteral("diff");
    case Overlay::Logprobs:
        return QStringLiteral("logprobs");
    case Overlay::Raw:
        return QStringLiteral("raw");
    case Overlay::Plain:
        break;
    }
    return QStringLiteral("plain");
}

Overlay overlayFromName(const QString &name)
{
    for (const Overlay overlay : {Overlay::Diff, Overlay::Logprobs, Overlay::Raw}) {
        if (overlayName(overlay) == name)
            return overlay;
    }
    return Overlay::Plain;
}

OverlayBar::OverlayBar(QWidget *parent)
    : QWidget(parent)
    , m_baseline(new QComboBox(this))
    , m_status(new ElidedLabel(this))
{
    setObjectName(QStringLiteral("overlayBar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::normal, 2, spacing::normal, 2);
    row->setSpacing(2);
    auto *group = new QActionGroup(this);
    const std::array<QString, 4> names {tr("Plain"), tr("Diff"), tr("Logprobs"), tr("Raw")};
    const std::array<QString, 4> keys {
        QStringLiteral("Esc"), QStringLiteral("D"), QStringLiteral("L"), QStringLiteral("R")};
    const std::array<QString, 4> tips {tr("Show the answers as they are"), tr("Show what differs from the baseline"),
        tr("Show how likely each token was"), tr("Show the characters, and the message as JSON")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        QAction *action = addAction(names[i], keys[i], tips[i]);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT overlayChosen(static_cast<Overlay>(i)); });
        m_choices.at(i) = action;
        row->addWidget(addButton(action));
    }
    m_previous = addAction(tr("Previous place"), QStringLiteral("P"), tr("Previous difference or uncertain token"));
    m_previous->setIcon(themeIcon(QStringLiteral("arrow-up")));
    m_next = addAction(tr("Next place"), QStringLiteral("N"), tr("Next difference or uncertain token"));
    m_next->setIcon(themeIcon(QStringLiteral("arrow-down")));
    m_card = addAction(tr("Alternatives of the token"), QStringLiteral("T"), tr("What could have stood there"));
    connect(m_next, &QAction::triggered, this, [this] { Q_EMIT jumpRequested(1); });
    connect(m_previous, &QAction::triggered, this, [this] { Q_EMIT jumpRequested(-1); });
    connect(m_card, &QAction::triggered, this, &OverlayBar::cardRequested);
    row->addSpacing(spacing::normal);
    row->addWidget(addButton(m_previous));
    row->addWidget(addButton(m_next));
    row->addWidget(m_status, 1);
    row->addWidget(m_baseline);
    makeCaption(m_status);
    m_status->setObjectName(QStringLiteral("overlayStatus"));
    m_baseline->setObjectName(QStringLiteral("baseline"));
    m_baseline->setAccessibleName(tr("Baseline: the pane that the others are compared with"));
    m_baseline->setToolTip(tr("The pane that the others are compared with"));
    connect(m_baseline, &QComboBox::activated, this,
        [this](int index) { Q_EMIT baselineChosen(m_baseline->itemData(index).toString()); });
    addActions(keyActions());
    setOverlay(Overlay::Plain);
}

QAction *OverlayBar::addAction(const QString &text, const QString &keys, const QString &tip)
{
    auto *action = new QAction(text, this);
    action->setShortcut(QKeySequence(keys));
    // Of an editor that has the focus, the letters are its own.
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, QKeySequence(keys).toString(QKeySequence::NativeText)));
    return action;
}

QToolButton *OverlayBar::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    button->setAccessibleDescription(action->toolTip());
    return button;
}

QList<QAction *> OverlayBar::keyActions() const
{
    QList<QAction *> actions(m_choices.begin(), m_choices.end());
    actions.append({m_previous, m_next, m_card});
    return actions;
}

void OverlayBar::addKeysTo(QWidget *widget)
{
    const auto add = [widget](const char *keys, QAction *action) {
        auto *shortcut = new QShortcut(QKeySequence(QString::fromLatin1(keys)), widget);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, action, &QAction::trigger);
    };
    add("Alt+P", m_choices[0]);
    add("Alt+D", m_choices[1]);
    add("Alt+L", m_choices[2]);
    add("Alt+R", m_choices[3]);
    add("F8", m_next);
    add("Shift+F8", m_previous);
}

void OverlayBar::setOverlay(Overlay overlay)
{
    m_overlay = overlay;
    m_choices.at(static_cast<std::size_t>(overlay))->setChecked(true);
    const bool hasPlaces = overlay == Overlay::Diff || overlay == Overlay::Logprobs;
    // Escape has other uses while nothing is laid over.
    m_choices.front()->setShortcut(QKeySequence(overlay == Overlay::Plain ? QString() : QStringLiteral("Esc")));
    m_next->setEnabled(hasPlaces);
    m_previous->setEnabled(hasPlaces);
    m_card->setEnabled(overlay == Overlay::Logprobs);
    setStatus({});
    showUse();
}

void OverlayBar::setPanes(const QStringList &ids, const QStringList &names)
{
    const QString chosen = m_baseline->currentData().toString();
    m_baseline->clear();
    for (qsizetype i = 0; i < ids.size(); ++i)
        m_baseline->addItem(tr("baseline: %1").arg(names[i]), ids[i]);
    setBaseline(chosen);
    showUse();
}

void OverlayBar::setBaseline(const QString &paneId)
{
    const int index = m_baseline->findData(paneId);
    m_baseline->setCurrentIndex(index < 0 ? 0 : index);
}

void OverlayBar::setStatus(const QString &text)
{
    m_status->setText(text);
    m_status->setAccessibleName(text);
}

void OverlayBar::showUse()
{
    m_baseline->setVisible(m_overlay == Overlay::Diff && m_baseline->count() > 1);
}

} // namespace diptych
