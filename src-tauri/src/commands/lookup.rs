//! Customers and orders, looked up on this desk; shutting a customer out waits for the network.

use gemilang_protocol::Person;
use gemilang_protocol::desk::commands::{BlockCustomer, GetCustomer, GetOrder, LookUpCustomers, LookUpOrders};
use gemilang_protocol::desk::views::{CustomerView, Customers, OrderView, Orders};
use tauri::State;

use super::account::link;
use crate::desk::Desk;
use crate::fault::Answer;

#[tauri::command]
pub(super) async fn look_up_customers(args: LookUpCustomers, desk: State<'_, Desk>) -> Answer<Customers> {
    Ok(desk.replica()?.look_up_customers(&args.q).await?)
}

#[tauri::command]
pub(super) async fn look_up_orders(args: LookUpOrders, desk: State<'_, Desk>) -> Answer<Orders> {
    Ok(desk.replica()?.look_up_orders(&args.q, args.today).await?)
}

#[tauri::command]
pub(super) async fn get_customer(args: GetCustomer, desk: State<'_, Desk>) -> Answer<CustomerView> {
    Ok(desk.replica()?.customer(args.customer).await?)
}

#[tauri::command]
pub(super) async fn get_order(args: GetOrder, desk: State<'_, Desk>) -> Answer<OrderView> {
    Ok(desk.replica()?.order(args.order).await?)
}

#[tauri::command]
pub(super) async fn block_customer(args: BlockCustomer, desk: State<'_, Desk>) -> Answer<Person> {
    Ok(link(&desk)?.block_customer(args.customer, args.blocked).await?)
}
