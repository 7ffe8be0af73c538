// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "endpoints/connectiontest.h"
#include "endpoints/localservers.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class EndpointDialog;
}

struct EndpointProposal;

/// Adds or changes an endpoint. Takes whatever is pasted and says what it made of it. Shown with open().
class EndpointDialog : public QDialog
{
    Q_OBJECT
public:
    /// `factory` makes the providers for the trial connection; `descriptors` are the wire formats that it knows;
    /// `keyPlace` tells where keys are kept.
    EndpointDialog(Connections::ProviderFactory factory, std::vector<ProviderDescriptor> descriptors,
        const QString &keyPlace, QWidget *parent = nullptr);
    ~EndpointDialog() override;

    void setKeyPlace(const QString &text); ///< where keys are kept may become known while the dialog is open
    /// Changes this endpoint instead of adding one.
    void setEndpoint(const Endpoint &endpoint);
    /// Offers servers that run on this machine, except those at the addresses in `known`.
    void findLocalServers(const std::vector<QUrl> &known);
    /// What the fields say now; with an id of its own.
    [[nodiscard]] Endpoint endpoint() const;

Q_SIGNALS:
    /// The user is done; the dialog closes.
    void endpointAccepted(const diptych::Endpoint &endpoint);

protected:
    void changeEvent(QEvent *event) override;

private:
    void setUpFields();
    void connectFields();
    void readUrl(const QString &text);
    void showProposal(const EndpointProposal &proposal, const QString &pasted);
    /// What stands in the fields, without what came with the paste for another server than `url` is of.
    [[nodiscard]] Endpoint typedFor(const QUrl &url) const;
    void showEndpoint(const Endpoint &endpoint);
    void showKind(const Endpoint &endpoint);
    void takeKind();
    void offerServer(const Endpoint &endpoint, int modelCount);
    void toggleAdvanced(bool isOpen);
    void toggleTest();
    void showVerdict(const ConnectionTest::Verdict &verdict);
    void dropVerdict();
    void updateState();
    void updateColors();
    void finish();

    std::unique_ptr<Ui::EndpointDialog> m_ui;
    const std::vector<ProviderDescriptor> m_descriptors;
    LocalServers m_localServers;
    ConnectionTest m_test;
    Endpoint m_endpoint; // what has no field of its own: id, base URL
    QString m_keyPlace;
    Endpoint m_pasted; // what came with a paste, for the server it came with
    bool m_isNameChosen = false;
    bool m_hasAddedPath = false; // "/v1" is ours, not the user's
};

} // namespace diptych
