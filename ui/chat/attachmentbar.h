// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/attachmentloader.h"

#include <QUrl>
#include <QScrollArea>

#include <vector>

class QHBoxLayout;

namespace diptych {

class AttachmentChip;

/// What goes with the prompt, one chip each in a row that scrolls. Hidden while there is nothing. Files are read in the
/// background.
class AttachmentBar : public QScrollArea
{
    Q_OBJECT
public:
    explicit AttachmentBar(QWidget *parent = nullptr);

    void addFiles(const QList<QUrl> &files);
    void addPicture(const QImage &picture);
    void addAttachment(const Attachment &attachment); ///< one that was read before
    void setAttachments(const std::vector<Attachment> &attachments); ///< in place of what is there
    void clear();
    [[nodiscard]] bool isReading() const; ///< something is on its way
    [[nodiscard]] bool isBare() const { return m_items.empty(); }
    [[nodiscard]] std::vector<Attachment> attachments() const; ///< what has been read

Q_SIGNALS:
    void changed();
    void refused(const QString &reason); ///< a sentence
    void removed(const diptych::Attachment &attachment); ///< by the user
    void emptied(); ///< the user took the last one away

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Item {
        int id = 0;
        AttachmentChip *chip = nullptr;
    };
    AttachmentChip *insertChip(int id, const QString &name);
    [[nodiscard]] bool hasRoom(const QString &name);
    void take(int id, const LoadedAttachment &loaded);
    void remove(int id);
    void open(int id);
    [[nodiscard]] std::vector<Item>::iterator find(int id);

    void fitHeight();

    AttachmentLoader *m_loader;
    QHBoxLayout *m_row;
    std::vector<Item> m_items;
    int m_lastId = 0;
    int m_pictures = 0; ///< pasted so far, for their names
};

} // namespace diptych
