// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/attachment.h"

#include <QDialog>
#include <QImage>
#include <QThreadPool>

class QDialogButtonBox;
class QLabel;
class QVBoxLayout;

namespace diptych {

/// Shows what is attached as it will be sent: the picture, or the text that was found in the file.
class AttachmentPreview : public QDialog
{
    Q_OBJECT
public:
    explicit AttachmentPreview(const Attachment &attachment, QWidget *parent = nullptr);
    ~AttachmentPreview() override;

    void offerToAttach(); ///< it was sent before; attachRequested() may follow

Q_SIGNALS:
    void attachRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addPicture(const Attachment &attachment, QVBoxLayout &column);
    void addText(const Attachment &attachment, QVBoxLayout &column);
    void fitPicture();

    QThreadPool m_pool;
    QDialogButtonBox *m_buttons;
    QLabel *m_place = nullptr; // null: no picture
    QImage m_picture;
};

} // namespace diptych
