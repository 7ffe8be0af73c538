// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/attachment.h"

#include <QFrame>

class QToolButton;

namespace diptych {

/// One attachment above the prompt: a small picture or an icon, its name and size. Enter or a click opens it, Delete
/// takes it away.
class AttachmentChip : public QFrame
{
    Q_OBJECT
public:
    explicit AttachmentChip(const QString &name, QWidget *parent = nullptr);

    void setReading(); ///< the file is on its way
    void setAttachment(const Attachment &attachment);
    void setThumbnail(const QImage &thumbnail); ///< null: none can be drawn, the icon stays
    /// Unset while the file is on its way.
    [[nodiscard]] const std::optional<Attachment> &attachment() const { return m_attachment; }

Q_SIGNALS:
    void openRequested();
    void removeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showText(const QString &facts);
    void paintFrame();

    QString m_name;
    std::optional<Attachment> m_attachment;
    QToolButton *m_open;
    QToolButton *m_remove;
};

} // namespace diptych
