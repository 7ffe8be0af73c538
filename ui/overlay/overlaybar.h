// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlay/overlay.h"

#include <QWidget>

#include <array>

class QAction;
class QComboBox;
class QToolButton;

namespace diptych {

class ElidedLabel;

/// The line below the answers: which overlay is on, what is compared with, and steps through the places it marks.
class OverlayBar : public QWidget
{
    Q_OBJECT
public:
    explicit OverlayBar(QWidget *parent = nullptr);

    void setOverlay(Overlay overlay);
    /// The panes by id and by what they are called; with fewer than two there is nothing to compare.
    void setPanes(const QStringList &ids, const QStringList &names);
    void setBaseline(const QString &paneId);
    /// Where a jump led to: "difference 3 of 12".
    void setStatus(const QString &text);
    /// What single keys do; for the widgets in which letters are free.
    [[nodiscard]] QList<QAction *> keyActions() const;
    /// The same by keys that are free everywhere in `widget`, also while something is written.
    void addKeysTo(QWidget *widget);

Q_SIGNALS:
    void overlayChosen(diptych::Overlay overlay);
    void baselineChosen(const QString &paneId);
    void jumpRequested(int direction); ///< 1 next, -1 previous
    void cardRequested(); ///< the alternatives of the token that was jumped to

private:
    QToolButton *addButton(QAction *action);
    QAction *addAction(const QString &text, const QString &keys, const QString &tip);
    void showUse();

    std::array<QAction *, 4> m_choices {};
    QAction *m_next;
    QAction *m_previous;
    QAction *m_card;
    QComboBox *m_baseline;
    ElidedLabel *m_status;
    Overlay m_overlay = Overlay::Plain;
};

} // namespace diptych
