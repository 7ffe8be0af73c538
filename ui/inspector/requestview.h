// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "models/wiretext.h"

#include <QWidget>

#include <array>
#include <memory>

class QTabBar;

namespace diptych {

class BytesView;
class ChangeFilter;
class ChangeLogModel;

namespace Ui {
class RequestView;
}

/// A request in three steps: what was asked for, what the adapter changed, the bytes that are sent. Side by side where
/// there is room, else one at a time.
class RequestView : public QWidget
{
    Q_OBJECT
public:
    explicit RequestView(QWidget *parent = nullptr);
    ~RequestView() override;

    /// `commonRequest` is what was asked for in the common names; empty: not known any more.
    void setRequest(const WirePreview &request, const QJsonObject &commonRequest = {});
    /// A match in the head or the body.
    void reveal(const WireMatch &match);

    enum Step { AskedStep, ChangesStep, SentStep };
    void showStep(Step step);

    /// From this width on the steps stand side by side.
    static constexpr int wideFrom = 700;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpAsked();
    void setUpChanges();
    void setUpSent();
    void arrange();
    void fillKinds();
    void showKind();
    void showBytes();
    /// Marks the field of the chosen line on both sides.
    void showField();
    [[nodiscard]] ByteRange wireRange(const QString &wire) const;

    std::unique_ptr<Ui::RequestView> m_ui;
    QTabBar *m_steps;
    BytesView *m_asked;
    BytesView *m_sent;
    ChangeLogModel *m_changes;
    ChangeFilter *m_shownChanges;
    WirePreview m_request;
    QJsonObject m_commonRequest;
    QByteArray m_askedBytes;
    QByteArray m_head;
    QByteArray m_sentBytes; // head and body, as shown
    bool m_isFilled = false;
};

} // namespace diptych
